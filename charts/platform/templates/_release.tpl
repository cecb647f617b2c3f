{{/* For the umbrella and for muster-backing: what is about the whole release. */}}
{{- define "platform.defaultDeny" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "platform.release" . }}-default-deny
  labels:
    {{- include "platform.labels" (dict "root" . "name" "default-deny" "component" "network") | nindent 4 }}
spec:
  # Every pod of the namespace: what no other policy opens is shut.
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress: []
  egress: []
{{- end -}}

{{/* All services at once, each with its surge pod, and the migrations, must fit into one server. */}}
{{- define "platform.checkAllConnections" -}}
{{- $postgres := .Values.global.backing.postgres -}}
{{- $graph := include "platform.serviceGraph" . | fromYaml -}}
{{- $wanted := 0 -}}
{{- range $name, $node := $graph.nodes -}}
{{- if has "postgres" $node.backing -}}
{{- $wanted = add $wanted (include "platform.connectionsOf" (get $.Values $name) | int) 1 -}}
{{- end -}}
{{- end -}}
{{- $room := sub (int $postgres.maxConnections) (int $postgres.reserved) -}}
{{- if gt (int $wanted) (int $room) }}{{ fail (printf "the services take %d database connections at most, the server has %d for them (global.backing.postgres)" (int $wanted) (int $room)) }}{{ end -}}
{{- end -}}
