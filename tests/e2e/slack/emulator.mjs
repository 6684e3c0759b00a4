// A Slack Web API to test against: npm `emulate`, with what it lacks for us put in front.
//   node emulator.mjs NODE_MODULES PORT EVENTS_URL < seed.json
// It can't send commands or presses; the tests sign and send those. EVENTS_URL gets what it does send.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, port, eventsUrl] = process.argv.slice(2);
const baseUrl = `http://127.0.0.1:${port}`;
const load = (path) => import(pathToFileURL(path).href);
const { createServer, serve, WebhookDispatcher } = await load(join(modules, "@emulators/core/dist/index.js"));

// The Slack part signs its deliveries through `setHeaderFactory`, which the published core does not have yet.
WebhookDispatcher.prototype.setHeaderFactory = function (makeHeaders) {
  this.makeHeaders = makeHeaders;
};
WebhookDispatcher.prototype.dispatch = async function (event, action, payload, owner) {
  const body = JSON.stringify(payload);
  for (const subscription of this.getSubscriptions(owner)) {
    const headers = this.makeHeaders({ event, action, body, subscription, deliveryId: 0 });
    // An app that is down must not take its Slack down.
    await fetch(subscription.url, { method: "POST", body, headers }).catch((error) => console.error(error.message));
  }
};

// The package exports only its command line; the Slack part is one of its chunks.
function slackChunk() {
  const folder = join(modules, "emulate/dist");
  const isSlack = (name) => /^dist-.*\.js$/.test(name) && readFileSync(join(folder, name), "utf8").includes("var slackPlugin =");
  return join(folder, readdirSync(folder).find(isSlack));
}

// Response URLs, which the emulator has none of: any name can be posted to, and read back as a list.
const responses = new Map();
async function respond(request, name) {
  const told = responses.get(name) ?? [];
  if (request.method === "POST") {
    responses.set(name, [...told, await request.json()]);
    return new Response("ok");
  }
  return Response.json(told);
}

// The SDK reads with GET and a query; the emulator registers most reads as POST with a form, and ignores a query.
function asForm(request, url) {
  const headers = new Headers(request.headers);
  headers.set("content-type", "application/x-www-form-urlencoded");
  headers.delete("content-length");
  return new Request(url.origin + url.pathname, { method: "POST", headers, body: url.search.slice(1) });
}

async function answer(request) {
  const url = new URL(request.url);
  if (url.pathname.startsWith("/responses/")) return respond(request, url.pathname.slice("/responses/".length));
  const isRead = request.method === "GET" || url.search.length > 1;
  return server.app.fetch(url.pathname.startsWith("/api/") && isRead ? asForm(request, url) : request);
}

const { slackPlugin, seedFromConfig } = await load(slackChunk());
const server = createServer(slackPlugin, { port: Number(port), baseUrl, fallbackUser: { login: "x", id: 1, scopes: [] } });
slackPlugin.seed?.(server.store, baseUrl);
seedFromConfig(server.store, baseUrl, JSON.parse(readFileSync(0, "utf8")));
if (eventsUrl) server.webhooks.register({ url: eventsUrl, events: ["*"], active: true, owner: "slack" });
const listening = serve({ fetch: answer, port: Number(port), hostname: "127.0.0.1" });
listening.on("listening", () => console.log("listening", baseUrl));
