#!/bin/sh
# Fills nginx's configuration from the environment into /tmp, the only place that is written, and runs nginx until it is
# told to end. nginx would close idle connections at once then, also those on which a request is on its way: so it goes on
# for DRAIN_SECONDS, and every answer asks its client to leave (draining in web-app.conf).
#
# PUBLIC_ORIGIN        where browsers reach Muster; https turns on HSTS
# HOST                 0.0.0.0, or :: to be reached by IPv6 as well
# ROUTES_ENABLED       true: the path routes to the services are here (compose, local clusters); else an Ingress has them
# AUTH_UPSTREAM …      host:port of each service's public listener
# RESOLVER             DNS server that is asked again every 5 s, for names whose addresses change (compose); unset: names
#                      are asked once, which Services of Kubernetes allow, and connections to the services are kept
# REAL_IP_FROM         networks of proxies in front whose X-Forwarded-For is believed, by spaces
# TLS_CERTIFICATE, TLS_KEY   PEM files; both there: TLS on 8443
set -eu
here=/app/nginx
conf=/tmp/nginx
mkdir -p "$conf"

: "${HOST:=0.0.0.0}" "${PUBLIC_ORIGIN:=http://localhost:8080}" "${ROUTES_ENABLED:=false}" "${RESOLVER:=}" "${REAL_IP_FROM:=}"
: "${TLS_CERTIFICATE:=}" "${TLS_KEY:=}" "${WORKERS:=1}" "${DRAIN_SECONDS:=5}"
: "${AUTH_UPSTREAM:=auth:3000}" "${USER_UPSTREAM:=user:3000}" "${MATCHING_UPSTREAM:=matching:3000}"
: "${COMMUNICATION_UPSTREAM:=communication:3000}" "${NOTIFICATION_UPSTREAM:=notification:3000}"

case $HOST in
0.0.0.0) LISTEN='' FAMILIES='' ;;
::) LISTEN='[::]:' FAMILIES=' ipv6only=off' ;;
*) echo "HOST=$HOST: only 0.0.0.0 and :: can be listened at" >&2 && exit 1 ;;
esac
case $PUBLIC_ORIGIN in
https://*) SOCKET_ORIGIN=wss://${PUBLIC_ORIGIN#https://} UPGRADE='; upgrade-insecure-requests' HSTS='max-age=31536000; includeSubDomains' ;;
http://localhost | http://localhost:* | http://*.localhost | http://*.localhost:* | http://127.0.0.1 | http://127.0.0.1:*) SOCKET_ORIGIN=ws://${PUBLIC_ORIGIN#http://} UPGRADE='' HSTS='' ;;
http://*) echo "PUBLIC_ORIGIN=$PUBLIC_ORIGIN must be https:// for any host but localhost, or browsers will keep nobody signed in" >&2 && exit 1 ;;
*) echo "PUBLIC_ORIGIN=$PUBLIC_ORIGIN is no origin" >&2 && exit 1 ;;
esac
# Whoever opens one name of this machine may have been given the other.
case $SOCKET_ORIGIN in
*://localhost | *://localhost:*) SOCKET_ORIGIN="$SOCKET_ORIGIN ${SOCKET_ORIGIN%%://*}://127.0.0.1${SOCKET_ORIGIN#*://localhost}" ;;
*://127.0.0.1 | *://127.0.0.1:*) SOCKET_ORIGIN="$SOCKET_ORIGIN ${SOCKET_ORIGIN%%://*}://localhost${SOCKET_ORIGIN#*://127.0.0.1}" ;;
esac
case $PUBLIC_ORIGIN in *[!a-zA-Z0-9:/.-]*) echo "PUBLIC_ORIGIN=$PUBLIC_ORIGIN is no origin" >&2 && exit 1 ;; esac
# The build has written beside the page the hash of the script in it.
SCRIPT_SOURCES=''
if [ -r /app/web/script-sources.txt ]; then SCRIPT_SOURCES=" $(cat /app/web/script-sources.txt)"; fi
export LISTEN FAMILIES WORKERS SOCKET_ORIGIN UPGRADE HSTS TLS_CERTIFICATE TLS_KEY RESOLVER SCRIPT_SOURCES

fill() { # only our own names: nginx has variables of its own
  # shellcheck disable=SC2016
  envsubst '${LISTEN} ${FAMILIES} ${WORKERS} ${SOCKET_ORIGIN} ${SCRIPT_SOURCES} ${UPGRADE} ${HSTS} ${TLS_CERTIFICATE} ${TLS_KEY} ${NAME} ${UPSTREAM} ${TARGET}' <"$here/$1" >>"$conf/$2"
}

rm -f "$conf"/*.conf "$conf/draining"
fill nginx.conf nginx.conf
fill page-headers.conf page-headers.conf
fill own-headers.conf own-headers.conf
cp "$here/proxy.conf" "$here/request.conf" "$here/web-app.conf" "$conf/"
: >"$conf/real-ip.conf" && : >"$conf/upstreams.conf" && : >"$conf/routes.conf" && : >"$conf/tls.conf"

if [ -n "$REAL_IP_FROM" ]; then
  for network in $REAL_IP_FROM; do echo "set_real_ip_from $network;"; done >"$conf/real-ip.conf"
  echo 'real_ip_header X-Forwarded-For; real_ip_recursive on;' >>"$conf/real-ip.conf"
fi

if [ "$ROUTES_ENABLED" = true ]; then
  route() { # service, its prefix, its address
    export NAME="$1" UPSTREAM="$3"
    if [ -n "$RESOLVER" ]; then
      export TARGET="\$upstream_$1"
      echo "map \"\" \$upstream_$1 { default $3; }" >>"$conf/upstreams.conf"
    else
      export TARGET="muster_$1"
      fill upstream.conf upstreams.conf
    fi
    echo "location = $2 { include $conf/request.conf; proxy_pass http://$TARGET; }" >>"$conf/routes.conf"
    echo "location ^~ $2/ { include $conf/request.conf; proxy_pass http://$TARGET; }" >>"$conf/routes.conf"
  }
  if [ -n "$RESOLVER" ]; then echo "resolver $RESOLVER valid=5s ipv6=off;" >"$conf/upstreams.conf"; fi
  route auth /api/v1/auth "$AUTH_UPSTREAM"
  route user /api/v1/users "$USER_UPSTREAM"
  route matching /api/v1/matching "$MATCHING_UPSTREAM"
  route notification /api/v1/notifications "$NOTIFICATION_UPSTREAM"
  route communication /api/v1/communication "$COMMUNICATION_UPSTREAM"
  fill socket.conf routes.conf
fi

if [ -n "$TLS_CERTIFICATE" ] && [ -r "$TLS_CERTIFICATE" ] && [ -r "$TLS_KEY" ]; then fill tls.conf tls.conf; fi

nginx -c "$conf/nginx.conf" -g 'daemon off;' &
server=$!
# shellcheck disable=SC2317 # the trap calls it
end() {
  trap '' TERM QUIT INT
  : >"$conf/draining"
  sleep "$DRAIN_SECONDS"
  kill -QUIT "$server" 2>/dev/null || true
}
trap end TERM QUIT INT
status=0
# A signal ends the waiting, not the server.
while kill -0 "$server" 2>/dev/null; do wait "$server" && status=0 || status=$?; done
exit "$status"
