{{/* What Pod Security `restricted` asks of every pod, hooks and tests included, and a little more. */}}
{{- define "platform.podBasics" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.global.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
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

{{/* dict root secrets: each from the service's own Secret. */}}
{{- define "platform.secretEnv" -}}
{{- $name := include "platform.fullname" .root -}}
{{- range .secrets }}
- name: {{ . }}
  valueFrom:
    secretKeyRef:
      name: {{ $name }}
      key: {{ . }}
{{- end }}
{{- end -}}
