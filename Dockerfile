# The package as it would be published, without the emulator and constructs: docker build -t logto-iac .
FROM node:22-alpine AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY . .
RUN npm pack --pack-destination /packed
RUN npm install --global --prefix /opt/logto-iac --omit=optional --omit=peer --no-audit --no-fund /packed/*.tgz

FROM node:22-alpine
COPY --from=build /opt/logto-iac /opt/logto-iac
ENV NODE_ENV=production PATH=/opt/logto-iac/bin:$PATH
# Where the manifests of whoever uses the image are mounted.
WORKDIR /manifests
USER node
ENTRYPOINT ["logto-iac"]
