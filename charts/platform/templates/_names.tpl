{{/* Names and labels. `.` is the chart's root context; where a part of it has a name of its own: dict "root" "part". */}}
{{- define "platform.component" -}}
{{ .Values.component | default .Chart.Name }}
{{- end -}}

{{- define "platform.fullname" -}}
{{ printf "%s-%s" .Release.Name (include "platform.component" .) | trunc 52 | trimSuffix "-" }}
{{- end -}}

{{/* The labels that Services, policies and budgets choose pods by: they never change in the life of a release. */}}
{{- define "platform.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{/* dict root name component: of pods. What changes without need here would bring new pods without need. */}}
{{- define "platform.podLabels" -}}
{{ include "platform.selector" . }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: muster
app.kubernetes.io/version: {{ .root.Values.global.image.tag | toString | trunc 63 | quote }}
{{- end -}}

{{/* dict root name component */}}
{{- define "platform.labels" -}}
{{ include "platform.podLabels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "platform.ownLabels" -}}
{{ include "platform.labels" (dict "root" . "name" (include "platform.component" .) "component" (include "platform.kind" .)) }}
{{- end -}}

{{- define "platform.ownSelector" -}}
{{ include "platform.selector" (dict "root" . "name" (include "platform.component" .)) }}
{{- end -}}

{{- define "platform.kind" -}}
{{ if .Values.opsPort }}service{{ else }}web{{ end }}
{{- end -}}

{{- define "platform.origin" -}}
{{ .Values.global.publicOrigin | default (printf "https://%s" .Values.global.host) }}
{{- end -}}

{{/* dict root component: by digest where one is given; in production nothing else will do. */}}
{{- define "platform.image" -}}
{{- $image := .root.Values.global.image -}}
{{- $digest := get $image.digests .component -}}
{{- $name := printf "%s/%s" $image.repository .component -}}
{{- if $image.registry }}{{ $name = printf "%s/%s" $image.registry $name }}{{ end -}}
{{- if $digest -}}
{{ printf "%s@%s" $name $digest }}
{{- else -}}
{{- if eq .root.Values.global.environment "production" }}{{ fail (printf "global.image.digests.%s: production takes images by digest, not by tag" .component) }}{{ end -}}
{{ printf "%s:%s" $name (get $image.tags .component | default $image.tag | toString) }}
{{- end -}}
{{- end -}}
