{{/*
Hooks of install and upgrade, in the order of their weights: the Secret's ExternalSecret (-20), then account and network
policy of the migration (-10), then the migration (0). What fails here leaves the old release serving.
*/}}
{{- define "platform.hook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ .weight | quote }}
helm.sh/hook-delete-policy: {{ .delete | default "before-hook-creation" }}
{{- end -}}

{{/* dict root name secret keys */}}
{{- define "platform.externalsecret" -}}
{{- $secrets := .root.Values.global.secrets -}}
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: {{ .name }}
  labels:
    {{- include "platform.labels" (dict "root" .root "name" .remote "component" "secret") | nindent 4 }}
  annotations:
    {{- include "platform.hook" (dict "weight" -20) | nindent 4 }}
spec:
  refreshInterval: {{ $secrets.refreshInterval }}
  secretStoreRef:
    kind: {{ $secrets.store.kind }}
    name: {{ $secrets.store.name }}
  target:
    name: {{ .name }}
    # Helm replaces a hook's object at each upgrade; the Secret, which running pods need, outlives that.
    creationPolicy: Orphan
    deletionPolicy: Retain
  data:
    {{- range .keys }}
    - secretKey: {{ . }}
      remoteRef:
        key: {{ $secrets.remotePrefix }}/{{ $.remote }}
        property: {{ . }}
    {{- end }}
{{- end -}}

{{- define "platform.ownExternalsecret" -}}
{{- $keys := concat .Values.secrets (.Values.migration.enabled | ternary .Values.migration.secrets list) | uniq | sortAlpha -}}
{{ include "platform.externalsecret" (dict "root" . "name" (include "platform.fullname" .) "remote" (include "platform.component" .) "keys" $keys) }}
{{- end -}}

{{- define "platform.migration" -}}
{{- $name := printf "%s-migration" (include "platform.fullname" .) -}}
{{- $component := include "platform.component" . -}}
{{- $labels := include "platform.labels" (dict "root" . "name" (printf "%s-migration" $component) "component" "migration") -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $name }}
  labels:
    {{- $labels | nindent 4 }}
  annotations:
    {{- include "platform.hook" (dict "weight" -10) | nindent 4 }}
    {{- with .Values.serviceAccount.annotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
automountServiceAccountToken: false
---
{{ include "platform.migrationPolicy" . }}
---
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $name }}
  labels:
    {{- $labels | nindent 4 }}
  annotations:
    {{- include "platform.hook" (dict "weight" 0 "delete" "before-hook-creation,hook-succeeded") | nindent 4 }}
spec:
  backoffLimit: {{ .Values.migration.backoffLimit }}
  activeDeadlineSeconds: {{ .Values.migration.deadlineSeconds }}
  # One that failed stays until the next attempt, for its log.
  ttlSecondsAfterFinished: 86400
  template:
    metadata:
      labels:
        {{- include "platform.podLabels" (dict "root" . "name" (printf "%s-migration" $component) "component" "migration") | nindent 8 }}
      {{- with .Values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      restartPolicy: Never
      serviceAccountName: {{ $name }}
      {{- include "platform.podBasics" . | nindent 6 }}
      containers:
        - name: migrate
          image: {{ include "platform.image" (dict "root" . "component" $component) }}
          imagePullPolicy: {{ .Values.global.image.pullPolicy }}
          command: [node, {{ printf "apps/%s/dist/main.js" $component }}, migrate]
          securityContext:
            {{- include "platform.containerSecurity" . | nindent 12 }}
          env:
            - name: NODE_OPTIONS
              value: {{ include "platform.nodeOptions" .Values.migration.resources }}
            {{- include "platform.migrationConfig" . | trim | nindent 12 }}
            {{- include "platform.env" (dict "root" . "secrets" .Values.migration.secrets) | trim | nindent 12 }}
          resources:
            {{- toYaml .Values.migration.resources | nindent 12 }}
          volumeMounts:
            {{- include "platform.volumeMounts" (dict "root" . "secrets" .Values.migration.secrets) | nindent 12 }}
      volumes:
        {{- include "platform.volumes" (dict "root" . "secrets" .Values.migration.secrets "tmpSize" .Values.tmpSize) | nindent 8 }}
{{- end -}}

{{/* The release's ConfigMap is not there yet: what a migration reads of it comes with the Job. */}}
{{- define "platform.migrationConfig" -}}
{{- $config := include "platform.config" . | fromYaml -}}
{{- range $name := list "NODE_ENV" "LOG_LEVEL" }}
- name: {{ $name }}
  value: {{ get $config $name | quote }}
{{- end }}
{{- end -}}
