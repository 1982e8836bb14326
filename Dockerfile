# The bot alone: build with `docker build -t khodyar-bot .`, run with the settings of .env.example.
FROM python:3.12-slim AS packages
WORKDIR /build
COPY requirements.lock .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.12-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    BOT_DATABASE_URL=sqlite:////data/khodyar.sqlite \
    BOT_LISTEN=0.0.0.0:8080
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin khodyar \
    && install --directory --owner=khodyar --group=khodyar --mode=0700 /data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
# Owned by root: the program can read its own code but never change it. Compiled once, not at each start.
COPY . .
RUN python -m compileall -q . \
    && PYTHONDONTWRITEBYTECODE='' python -c "from texts.engine import Texts; Texts()"
USER 10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
CMD ["python", "-m", "bot", "run"]
