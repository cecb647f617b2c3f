{{/* The environment that is no secret: what follows from the release, then global.config, then the chart's own. */}}
{{- define "platform.config" -}}
{{- $computed := dict -}}
{{- if .Values.opsPort -}}
{{- $computed = dict "HOST" .Values.global.listen "PORT" .Values.port "OPS_PORT" .Values.opsPort "PUBLIC_ORIGIN" (include "platform.origin" .) "DATABASE_POOL_SIZE" .Values.connections.pool -}}
{{- if .Values.serviceKeys }}{{ $_ := set $computed "SERVICE_KEYS_FILE" "/etc/muster/service-keys/service-keys.json" }}{{ end -}}
{{- with include "platform.peers" . }}{{ $_ := set $computed "PEERS" . }}{{ end -}}
{{- with .Values.global.tracing.endpoint }}{{ $_ := set $computed "OTEL_EXPORTER_OTLP_ENDPOINT" . }}{{ end -}}
{{- $computed = merge (deepCopy .Values.global.config) $computed -}}
{{- else -}}
{{- $computed = include "platform.webConfig" . | fromYaml -}}
{{- end -}}
{{- range $name, $value := merge (deepCopy .Values.config) $computed }}
{{ $name }}: {{ include "platform.plain" $value | quote }}
{{- end }}
{{- end -}}

{{/* A value as text. YAML's numbers come as floats, which would print 20000000 as 2e+07. */}}
{{- define "platform.plain" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) }}{{ int64 . }}{{ else }}{{ toString . }}{{ end -}}
{{- end -}}

{{/* Operations addresses of those that the declared graph lets this service call. */}}
{{- define "platform.peers" -}}
{{- $root := . -}}
{{- $graph := include "platform.serviceGraph" . | fromYaml -}}
{{- $own := get $graph.nodes (include "platform.component" .) | default dict -}}
{{- $peers := list -}}
{{- range $own.calls }}{{ $peers = append $peers (printf "%s=http://%s:%d" . (include "platform.nameOf" (dict "root" $root "component" .)) (int $graph.ports.ops)) }}{{ end -}}
{{ join "," $peers }}
{{- end -}}

{{- define "platform.configmap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "platform.fullname" . }}
  labels:
    {{- include "platform.ownLabels" . | nindent 4 }}
data:
  {{- include "platform.config" . | trim | nindent 2 }}
{{- end -}}

{{/* The web app's nginx: where the services are, when it carries their path routes. */}}
{{- define "platform.webConfig" -}}
{{- $root := . -}}
PUBLIC_ORIGIN: {{ include "platform.origin" . | quote }}
HOST: {{ .Values.global.listen | quote }}
ROUTES_ENABLED: {{ .Values.global.routes.enabled | quote }}
{{- if .Values.global.routes.enabled }}
{{- $graph := include "platform.serviceGraph" . | fromYaml }}
{{- range get (get $graph.nodes (include "platform.component" .)) "routes" }}
{{ upper . }}_UPSTREAM: {{ printf "%s:%d" (include "platform.nameOf" (dict "root" $root "component" .)) (int $graph.ports.http) | quote }}
{{- end }}
{{- end }}
{{- end -}}
