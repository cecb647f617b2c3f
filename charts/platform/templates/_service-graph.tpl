{{/* Generated from the contracts by tools/generate/charts/service-graph.ts; a check fails where it is stale. */}}
{{- define "platform.serviceGraph" -}}
ports:
  http: 3000
  ops: 9000
nodes:
  auth:
    calls: []
    calledBy:
      - communication
      - matching
      - notification
      - user
    backing:
      - mailpit
      - nats
      - postgres
      - valkey
    internet: []
    routed: true
    routes: []
  user:
    calls:
      - auth
      - matching
    calledBy:
      - matching
      - notification
    backing:
      - nats
      - postgres
      - valkey
    internet: []
    routed: true
    routes: []
  matching:
    calls:
      - auth
      - user
    calledBy:
      - communication
      - notification
      - user
    backing:
      - nats
      - postgres
      - valkey
    internet: []
    routed: true
    routes: []
  communication:
    calls:
      - auth
      - matching
    calledBy:
      - notification
    backing:
      - nats
      - postgres
      - valkey
    internet: []
    routed: true
    routes: []
  notification:
    calls:
      - auth
      - communication
      - matching
      - user
    calledBy: []
    backing:
      - nats
      - postgres
      - valkey
    internet:
      - 443
    routed: true
    routes: []
  web:
    calls: []
    calledBy: []
    backing: []
    internet: []
    routed: false
    routes:
      - auth
      - user
      - matching
      - communication
      - notification
{{- end -}}
