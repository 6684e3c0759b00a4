// Preloaded into the Agents Playground, which listens on every address of the machine otherwise.
const { Server } = require("node:net");

const listen = Server.prototype.listen;
Server.prototype.listen = function (where, ...rest) {
  const told = rest.find((one) => typeof one === "function");
  return listen.call(this, { port: where?.port ?? where, host: "127.0.0.1" }, told);
};
