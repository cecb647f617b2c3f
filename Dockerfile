# syntax=docker/dockerfile:1
# The images of Muster, a target each: auth user matching communication notification web setup, and development.
# `npm run image:build [-- auth web]` builds them; how the bases' digests are renewed stands in CONTRIBUTING.md, "Images".

ARG NODE_IMAGE=node:24-trixie-slim
ARG NODE_DIGEST=
ARG NGINX_IMAGE=nginxinc/nginx-unprivileged:stable
ARG NGINX_DIGEST=

FROM ${NODE_IMAGE}${NODE_DIGEST:+@${NODE_DIGEST}} AS node
FROM ${NGINX_IMAGE}${NGINX_DIGEST:+@${NGINX_DIGEST}} AS nginx

# Only what decides which packages are installed, so that an edit of the source installs nothing again.
FROM node AS manifests
WORKDIR /built
COPY package.json package-lock.json .npmrc ./
COPY libs/contracts/package.json libs/contracts/
COPY libs/reference/package.json libs/reference/
COPY libs/platform/package.json libs/platform/
COPY apps/auth/package.json apps/auth/
COPY apps/user/package.json apps/user/
COPY apps/matching/package.json apps/matching/
COPY apps/communication/package.json apps/communication/
COPY apps/notification/package.json apps/notification/
COPY apps/standalone/package.json apps/standalone/
COPY frontend/package.json frontend/
COPY verification/package.json verification/

# Packages that run, for all services; each image takes those that its service needs.
FROM manifests AS installed
RUN --mount=type=cache,target=/root/.npm,sharing=locked \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error \
      -w apps/auth -w apps/user -w apps/matching -w apps/communication -w apps/notification

# Everything that builds, and the one build that all images share.
FROM manifests AS build
RUN --mount=type=cache,target=/root/.npm,sharing=locked \
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --include-workspace-root \
      -w apps/auth -w apps/user -w apps/matching -w apps/communication -w apps/notification -w frontend
COPY . .
RUN node tools/dev/build.mjs --installed auth user matching communication notification frontend

# What each image holds over its base. Times of files are fixed, so that equal files are equal layers.
FROM build AS staged-auth
RUN --mount=type=bind,from=installed,source=/built,target=/installed \
    node tools/release/images/stage.mjs auth /installed /built /out
FROM build AS staged-user
RUN --mount=type=bind,from=installed,source=/built,target=/installed \
    node tools/release/images/stage.mjs user /installed /built /out
FROM build AS staged-matching
RUN --mount=type=bind,from=installed,source=/built,target=/installed \
    node tools/release/images/stage.mjs matching /installed /built /out
FROM build AS staged-communication
RUN --mount=type=bind,from=installed,source=/built,target=/installed \
    node tools/release/images/stage.mjs communication /installed /built /out
FROM build AS staged-notification
RUN --mount=type=bind,from=installed,source=/built,target=/installed \
    node tools/release/images/stage.mjs notification /installed /built /out
FROM build AS staged-setup
RUN node tools/release/images/stage.mjs setup /built /built /out
FROM build AS staged-web
RUN node tools/release/images/stage.mjs web /built /built /out

# What all services have in common. Nothing is written but /tmp; PID 1 is node, which gets the signals.
FROM node AS service
ARG VERSION=0.0.0 REVISION=unknown CREATED=1970-01-01T00:00:00Z SOURCE=https://github.com/muster-crew/muster NODE_IMAGE NODE_DIGEST
LABEL org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED \
      org.opencontainers.image.source=$SOURCE \
      org.opencontainers.image.base.name=$NODE_IMAGE \
      org.opencontainers.image.base.digest=$NODE_DIGEST
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 OPS_PORT=9000 RELEASE_VERSION=$VERSION RELEASE_COMMIT=$REVISION
USER 10001:10001
EXPOSE 3000 9000
ENTRYPOINT []
HEALTHCHECK --interval=5s --timeout=10s --start-period=180s --retries=5 CMD ["node", "/app/healthcheck.mjs"]

FROM service AS auth
COPY --from=staged-auth /out/packages/ /
COPY --from=staged-auth /out/code/ /
WORKDIR /app
LABEL org.opencontainers.image.title="Muster auth"
CMD ["node", "apps/auth/dist/main.js"]

FROM service AS user
COPY --from=staged-user /out/packages/ /
COPY --from=staged-user /out/code/ /
WORKDIR /app
LABEL org.opencontainers.image.title="Muster user"
CMD ["node", "apps/user/dist/main.js"]

FROM service AS matching
COPY --from=staged-matching /out/packages/ /
COPY --from=staged-matching /out/code/ /
WORKDIR /app
LABEL org.opencontainers.image.title="Muster matching"
CMD ["node", "apps/matching/dist/main.js"]

FROM service AS communication
COPY --from=staged-communication /out/packages/ /
COPY --from=staged-communication /out/code/ /
WORKDIR /app
LABEL org.opencontainers.image.title="Muster communication"
CMD ["node", "apps/communication/dist/main.js"]

FROM service AS notification
COPY --from=staged-notification /out/packages/ /
COPY --from=staged-notification /out/code/ /
WORKDIR /app
LABEL org.opencontainers.image.title="Muster notification"
CMD ["node", "apps/notification/dist/main.js"]

# A service as `skaffold dev` runs it (SERVICE says which): from a copy of its source that is compiled anew at each edit.
FROM build AS development
ARG SERVICE
ENV SERVICE=$SERVICE HOST=0.0.0.0 PORT=3000 OPS_PORT=9000
# SWC unpacks itself into a cache at its first use, which a read-only file system doesn't let it: beside its loader it is found.
RUN node -e "require('@swc/core')" \
 && for package in node_modules/@swc/core-linux-*; do \
      install -m 644 /root/.cache/swc-native-*/v1/*.node "node_modules/@swc/core/swc.${package#*/core-}.node"; \
    done
USER 10001:10001
EXPOSE 3000 9000
ENTRYPOINT []
HEALTHCHECK NONE
CMD ["node", "tools/release/images/development.mjs"]

# Makes what compose keeps to itself: keys, passwords and a certificate for localhost. It ends when it has.
FROM node AS setup
ARG VERSION=0.0.0 REVISION=unknown CREATED=1970-01-01T00:00:00Z SOURCE=https://github.com/muster-crew/muster
LABEL org.opencontainers.image.title="Muster setup" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED \
      org.opencontainers.image.source=$SOURCE
COPY --from=staged-setup /out/packages/ /
COPY --from=staged-setup /out/code/ /
COPY --from=staged-setup --chown=1000:1000 /out/folders/ /
WORKDIR /app
USER 1000:1000
ENTRYPOINT []
HEALTHCHECK NONE
CMD ["node", "tools/dev/setup/secrets.mjs", "--files", "/secrets"]

# The web app behind nginx, and where asked for the path routes to the services and TLS.
FROM nginx AS web
ARG VERSION=0.0.0 REVISION=unknown CREATED=1970-01-01T00:00:00Z SOURCE=https://github.com/muster-crew/muster NGINX_IMAGE NGINX_DIGEST
LABEL org.opencontainers.image.title="Muster web" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED \
      org.opencontainers.image.source=$SOURCE \
      org.opencontainers.image.base.name=$NGINX_IMAGE \
      org.opencontainers.image.base.digest=$NGINX_DIGEST
COPY --from=staged-web /out/ /
WORKDIR /app
USER 10101:10101
EXPOSE 8080 8443
STOPSIGNAL SIGQUIT
ENTRYPOINT ["/app/nginx/start.sh"]
HEALTHCHECK --interval=5s --timeout=10s --start-period=10s --retries=5 CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/health"]
