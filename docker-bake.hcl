# All images at once: `docker buildx bake -f docker-bake.hcl`, or `npm run image:build`, which fills in version, revision and time.
variable "REGISTRY" { default = "muster" }
variable "TAG" { default = "dev" }
variable "VERSION" { default = "0.0.0" }
variable "REVISION" { default = "unknown" }
variable "SOURCE" { default = "https://github.com/muster-crew/muster" }
variable "SOURCE_DATE_EPOCH" { default = "0" }
variable "NODE_IMAGE" { default = "node:24-trixie-slim" }
variable "NODE_DIGEST" { default = "" }
variable "NGINX_IMAGE" { default = "nginxinc/nginx-unprivileged:stable" }
variable "NGINX_DIGEST" { default = "" }

group "default" {
  targets = ["images"]
}

target "images" {
  name    = image
  matrix  = { image = ["auth", "user", "matching", "communication", "notification", "web", "setup"] }
  target  = image
  context = "."
  tags    = ["${REGISTRY}/${image}:${TAG}"]
  args = {
    VERSION      = VERSION
    REVISION     = REVISION
    SOURCE       = SOURCE
    CREATED      = timeadd("1970-01-01T00:00:00Z", "${SOURCE_DATE_EPOCH}s")
    NODE_IMAGE   = NODE_IMAGE
    NODE_DIGEST  = NODE_DIGEST
    NGINX_IMAGE  = NGINX_IMAGE
    NGINX_DIGEST = NGINX_DIGEST
  }
}
