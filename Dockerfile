# The command line alone, without the emulator and without constructs: docker build -t logto-iac .
FROM node:22-alpine AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY scripts scripts
COPY tsconfig.json ./
COPY src src
RUN npm run build
RUN rm -rf node_modules && npm ci --omit=dev --omit=optional --omit=peer --no-audit --no-fund --ignore-scripts

FROM node:22-alpine
ENV NODE_ENV=production
WORKDIR /opt/logto-iac
COPY LICENSE package.json ./
COPY schema schema
COPY --from=build /build/dist dist
COPY --from=build /build/node_modules node_modules
RUN ln -s /opt/logto-iac/dist/cli/main.js /usr/local/bin/logto-iac
# Where the manifests of whoever uses the image are mounted.
WORKDIR /manifests
USER node
ENTRYPOINT ["logto-iac"]
