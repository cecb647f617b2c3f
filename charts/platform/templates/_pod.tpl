{{/* What Pod Security `restricted` asks of every pod, hooks and tests included, and where this installation wants them. */}}
{{- define "platform.podBasics" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.global.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .Values.runAsUser }}
  runAsGroup: {{ .Values.runAsUser }}
  fsGroup: {{ .Values.runAsUser }}
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{- define "platform.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Mebibytes of a quantity like 384Mi or 1Gi; the schema lets no other form through. */}}
{{- define "platform.mebibytes" -}}
{{- $number := regexFind "^[0-9]+" . | int -}}
{{ ternary (mul $number 1024) $number (hasSuffix "Gi" .) }}
{{- end -}}

{{/* Three quarters of the limit for the heap; the rest is for buffers, code, threads and hashing. */}}
{{- define "platform.nodeOptions" -}}
--max-old-space-size={{ div (mul (include "platform.mebibytes" .limits.memory) 75) 100 }}
{{- end -}}

{{/* A surge pod beside every pod that runs, and no two more than one apart, where zones and hosts allow it. */}}
{{- define "platform.spread" -}}
{{- $selector := include "platform.ownSelector" . -}}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- $selector | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- end -}}

{{/* The seconds from SIGTERM to SIGKILL; less than the sum would cut requests that are being answered. */}}
{{- define "platform.graceSeconds" -}}
{{- $config := include "platform.config" . | fromYaml -}}
{{- $pre := int .Values.shutdown.preStopSeconds -}}
{{- $least := add $pre (int (get $config "DRAIN_SECONDS" | default 5)) (int (get $config "REQUEST_SECONDS" | default 20)) 10 -}}
{{- $grace := int .Values.shutdown.graceSeconds | default $least -}}
{{- if lt (int $grace) (int $least) }}{{ fail (printf "%s: shutdown.graceSeconds %d is less than preStop + drain + longest request + 10 = %d" (include "platform.component" .) (int $grace) (int $least)) }}{{ end -}}
{{ $grace }}
{{- end -}}

{{/*
dict root secrets: the environment of a container beside its ConfigMap: secrets of the service's own Secret, as variables or
as NAME_FILE with the path of a mounted file; the certificates of a private authority; and what the installation adds.
*/}}
{{- define "platform.env" -}}
{{- $name := include "platform.fullname" .root -}}
{{- $files := eq .root.Values.global.secrets.as "files" -}}
{{- range .secrets }}
{{- if $files }}
- name: {{ . }}_FILE
  value: /etc/muster/secrets/{{ . }}
{{- else }}
- name: {{ . }}
  valueFrom:
    secretKeyRef:
      name: {{ $name }}
      key: {{ . }}
{{- end }}
{{- end }}
{{- with .root.Values.global.privateCa }}
{{- if or .configMap .secret }}
- name: NODE_EXTRA_CA_CERTS
  value: /etc/muster/ca/{{ .key }}
{{- end }}
{{- end }}
{{- with .root.Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* dict root secrets tmpSize: the volumes that go with `platform.env`, and /tmp. */}}
{{- define "platform.volumes" -}}
- name: tmp
  emptyDir: { sizeLimit: {{ .tmpSize }} }
{{- if and .secrets (eq .root.Values.global.secrets.as "files") }}
- name: secrets
  secret:
    secretName: {{ include "platform.fullname" .root }}
    defaultMode: 0440
    items:
      {{- range .secrets }}
      - { key: {{ . }}, path: {{ . }} }
      {{- end }}
{{- end }}
{{- with .root.Values.global.privateCa }}
{{- if or .configMap .secret }}
- name: private-ca
  {{- if .configMap }}
  configMap: { name: {{ .configMap }} }
  {{- else }}
  secret: { secretName: {{ .secret }}, defaultMode: 0440, items: [{ key: {{ .key }}, path: {{ .key }} }] }
  {{- end }}
{{- end }}
{{- end }}
{{- with .root.Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "platform.volumeMounts" -}}
- { name: tmp, mountPath: /tmp }
{{- if and .secrets (eq .root.Values.global.secrets.as "files") }}
- { name: secrets, mountPath: /etc/muster/secrets, readOnly: true }
{{- end }}
{{- with .root.Values.global.privateCa }}
{{- if or .configMap .secret }}
- { name: private-ca, mountPath: /etc/muster/ca, readOnly: true }
{{- end }}
{{- end }}
{{- with .root.Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}
