{{/* Everything that a chart of Muster renders, in one call; the chart itself says only what it is. */}}
{{- define "platform.chart" -}}
{{- include "platform.values" (dict "values" .Values "defaults" .Values.platform.shared "path" "") -}}
{{- include "platform.values" (dict "values" .Values "defaults" .Values.platform.defaults "path" "") -}}
{{- if .Values.opsPort }}
{{- include "platform.checkConnections" . }}
---
{{ include "platform.servicemonitorIfWanted" . }}
---
{{- if eq .Values.global.secrets.kind "external" }}
{{ include "platform.ownExternalsecret" . }}
{{- else if eq .Values.global.environment "production" }}{{ fail "global.secrets.kind: production takes its Secrets from an external store" }}
{{- end }}
{{- if .Values.migration.enabled }}
---
{{ include "platform.migration" . }}
{{- end }}
{{- end }}
---
{{ include "platform.serviceaccount" . }}
---
{{ include "platform.networkpolicy" . }}
---
{{ include "platform.configmap" . }}
---
{{ include "platform.service" . }}
---
{{ include "platform.deployment" . }}
{{- if .Values.autoscaling.enabled }}
---
{{ include "platform.hpa" . }}
{{- end }}
---
{{ include "platform.pdb" . }}
---
{{ include "platform.exposure" . }}
---
{{ include "platform.test" . }}
{{- end -}}

{{- define "platform.servicemonitorIfWanted" -}}
{{- if .Values.global.monitoring.enabled }}{{ include "platform.servicemonitor" . }}{{ end -}}
{{- end -}}

{{/* Connections of all pods while a surge pod runs; fails where one chart alone is too much for the server. */}}
{{- define "platform.connectionsOf" -}}
{{- $most := ternary (int .autoscaling.maxReplicas) (int .replicas) .autoscaling.enabled -}}
{{ mul (add $most 1) (add (int .connections.pool) (int .connections.extra)) }}
{{- end -}}

{{- define "platform.checkConnections" -}}
{{- $postgres := .Values.global.backing.postgres -}}
{{- $wanted := include "platform.connectionsOf" .Values | int -}}
{{- $room := sub (int $postgres.maxConnections) (int $postgres.reserved) -}}
{{- if gt $wanted (int $room) }}{{ fail (printf "%s: %d database connections at most, the server has %d for services (global.backing.postgres)" (include "platform.component" .) $wanted $room) }}{{ end -}}
{{- end -}}
