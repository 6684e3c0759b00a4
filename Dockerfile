# The coach as an image: docs/run-several-replicas.md says how to use it.
FROM python:3.11-slim AS libraries
COPY requirements.lock .
RUN python -m venv /libraries \
    && /libraries/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes \
        --requirement requirements.lock

FROM python:3.11-slim
# Whoever serves owns nothing but the folder for an SQLite file.
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin coach \
    && install --directory --owner=coach /data
COPY --from=libraries /libraries /libraries
WORKDIR /coach
COPY bot bot
COPY content content
COPY handlers handlers
COPY store store
COPY app.py .
RUN /libraries/bin/python -m compileall -q .
ENV PATH=/libraries/bin:$PATH PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 PORT=3000 DATABASE_URL=sqlite+aiosqlite:////data/coach.db
USER coach
EXPOSE 3000
# Needs no curl; a database that is away or not migrated counts as not ready.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/readyz', timeout=4)"]
# Told so, it lets what is under way finish; give it a minute.
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "app.py"]
CMD ["serve"]
