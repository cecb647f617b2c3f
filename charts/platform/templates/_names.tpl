{{/* Names and labels. `.` is the chart's root context; where a part of it has a name of its own: dict "root" "part". */}}
{{- define "platform.component" -}}
{{ .Values.component | default .Chart.Name }}
{{- end -}}

{{/*
Refuses values that were set to null where the library chart has a default: dict values defaults path. Helm takes such a key
away altogether, so that the schema can't tell it from one that was never written, and a template would end as a nil pointer.
*/}}
{{- define "platform.values" -}}
{{- $values := .values -}}
{{- $path := .path -}}
{{- range $key, $default := .defaults -}}
{{- $at := printf "%s/%s" $path $key -}}
{{- if or (not (hasKey $values $key)) (kindIs "invalid" (get $values $key)) }}{{ fail (printf "at '%s': null; leave it out for the default, or give it a value" $at) }}{{ end -}}
{{- if and (kindIs "map" $default) (kindIs "map" (get $values $key)) -}}
{{- include "platform.values" (dict "values" (get $values $key) "defaults" $default "path" $at) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
The release's name, as every object's name begins with it. Helm allows more names than Services may have: one that would
have to be cut somewhere, or that no Service may bear, is refused here, so that addresses and Services never differ.
39 characters leave room for the longest name, <release>-communication-migration, within 63.
*/}}
{{- define "platform.release" -}}
{{- $name := .Release.Name -}}
{{- if not (regexMatch "^[a-z]([a-z0-9-]*[a-z0-9])?$" $name) }}{{ fail (printf "release name %q: a Service is named after it, so it begins with a letter and holds only lower-case letters, digits and hyphens" $name) }}{{ end -}}
{{- if gt (len $name) 39 }}{{ fail (printf "release name %q: %d characters; at most 39, or names of objects would pass the 63 that Kubernetes allows" $name (len $name)) }}{{ end -}}
{{ $name }}
{{- end -}}

{{/* dict root component: what a component's objects are called, here and wherever they are spoken to. */}}
{{- define "platform.nameOf" -}}
{{ printf "%s-%s" (include "platform.release" .root) .component }}
{{- end -}}

{{- define "platform.fullname" -}}
{{ include "platform.nameOf" (dict "root" . "component" (include "platform.component" .)) }}
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
