# Linted, not built where it was written: no container engine was at hand. Report what does not work.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.txt ./
RUN python -m venv /opt/jjbot && /opt/jjbot/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY knowledge ./knowledge
RUN /opt/jjbot/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent jjbot \
    && install -d -o jjbot -g jjbot /data
COPY --from=build /opt/jjbot /opt/jjbot
# Mount another folder here, read-only, to serve your own entries: /reload reads it again.
COPY knowledge /knowledge
ENV PATH=/opt/jjbot/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    KNOWLEDGE_DIR=/knowledge DATA_DIR=/data HEALTH=on LOG_FORMAT=json
VOLUME /data
USER 10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["jjbot", "health"]
ENTRYPOINT ["jjbot"]
CMD ["run"]
