{{/* dict root name: of one part, `<release>-<name>`. */}}
{{- define "backing.fullname" -}}
{{ include "platform.nameOf" (dict "root" .root "component" .name) }}
{{- end -}}

{{- define "backing.labels" -}}
{{ include "backing.podLabels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "backing.podLabels" -}}
{{ include "platform.selector" . }}
app.kubernetes.io/component: backing
app.kubernetes.io/part-of: muster
{{- end -}}

{{/* dict root name user: what every pod here begins with. */}}
{{- define "backing.podBasics" -}}
serviceAccountName: {{ include "backing.fullname" . }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user }}
  runAsGroup: {{ .user }}
  fsGroup: {{ .user }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{/* dict root name ports secret: account, Service, budget and network policy of one part; ports is a list of name and port. */}}
{{- define "backing.around" -}}
{{- $context := . -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "backing.fullname" . }}
  labels:
    {{- include "backing.labels" . | nindent 4 }}
automountServiceAccountToken: false
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "backing.fullname" . }}
  labels:
    {{- include "backing.labels" . | nindent 4 }}
spec:
  type: ClusterIP
  selector:
    {{- include "platform.selector" . | nindent 4 }}
  ports:
    {{- range .ports }}
    - { name: {{ .name }}, port: {{ .port }}, targetPort: {{ .name }}, protocol: TCP }
    {{- end }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "backing.fullname" . }}
  labels:
    {{- include "backing.labels" . | nindent 4 }}
  annotations:
    ignore-check.kube-linter.io/pdb-max-unavailable: One server with all the data; draining its node is a decision, not an accident
spec:
  maxUnavailable: 0
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "platform.selector" . | nindent 6 }}
---
{{ include "backing.networkpolicy" . }}
{{- end -}}

{{/* In come those whom the service graph names, out goes nothing. */}}
{{- define "backing.networkpolicy" -}}
{{- $context := . -}}
{{- $port := (first .ports).port -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "backing.fullname" . }}
  labels:
    {{- include "backing.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "platform.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        {{- include "backing.clients" . | trim | nindent 8 }}
      ports:
        - { protocol: TCP, port: {{ $port }} }
    {{- with .read }}
    # Mail is there to be read.
    - from:
        {{- include "platform.pods" $context.root.Values.global.edge | nindent 8 }}
      ports:
        - { protocol: TCP, port: {{ . }} }
    {{- end }}
  egress: []
{{- end -}}

{{/* Pods of the client release that the graph lets in. */}}
{{- define "backing.clients" -}}
{{- $graph := include "platform.serviceGraph" .root | fromYaml -}}
{{- $clients := .root.Values.clients -}}
{{- $part := .name -}}
{{- range $name, $node := $graph.nodes }}
{{- if has $part $node.backing }}
{{- range ternary (list $name (printf "%s-migration" $name)) (list $name) (eq $part "postgres") }}
{{ include "platform.pods" (dict "namespace" $clients.namespace "podLabels" (dict "app.kubernetes.io/name" . "app.kubernetes.io/instance" $clients.release)) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* dict persistence name: a claim when data is to outlive the pod, and otherwise a folder of the pod. */}}
{{- define "backing.claims" -}}
{{- if .persistence.enabled -}}
volumeClaimTemplates:
  - metadata:
      name: data
    spec:
      accessModes: [ReadWriteOnce]
      {{- with .persistence.storageClass }}
      storageClassName: {{ . }}
      {{- end }}
      resources:
        requests:
          storage: {{ .persistence.size }}
{{- end -}}
{{- end -}}

{{- define "backing.dataVolume" -}}
{{- if not .persistence.enabled -}}
- name: data
  emptyDir: { sizeLimit: {{ .persistence.size }} }
{{- end -}}
{{- end -}}

{{/* Services with a database, as a JSON list. */}}
{{- define "backing.databases" -}}
{{- $names := list -}}
{{- range $name, $node := (include "platform.serviceGraph" . | fromYaml).nodes -}}
{{- if has "postgres" $node.backing }}{{ $names = append $names $name }}{{ end -}}
{{- end -}}
{{ toJson $names }}
{{- end -}}

{{- define "backing.postgresImage" -}}
{{- $cnpg := .Values.postgresql.cloudnativepg -}}
{{- if and (eq .Values.global.environment "production") (not $cnpg.digest) }}{{ fail "postgresql.cloudnativepg.digest: production takes images by digest, not by tag" }}{{ end -}}
{{ $cnpg.image }}:{{ $cnpg.tag }}{{ with $cnpg.digest }}@{{ . }}{{ end }}
{{- end -}}

{{/* Where base backups and the write-ahead log are. A cluster that recovers must not write where it reads. */}}
{{- define "backing.objectStore" -}}
{{- $cnpg := .Values.postgresql.cloudnativepg -}}
{{- $name := include "backing.fullname" (dict "root" . "name" "postgres") -}}
{{- if not $cnpg.backup.destination }}{{ fail "postgresql.cloudnativepg.recovery: backup.destination is the object store to recover from" }}{{ end -}}
{{- if eq $cnpg.recovery.from $name }}{{ fail (printf "postgresql.cloudnativepg.recovery.from: %s is this cluster itself; recover by a release of another name" $name) }}{{ end -}}
destinationPath: {{ $cnpg.backup.destination }}
{{- with $cnpg.backup.endpoint }}
endpointURL: {{ . }}
{{- end }}
s3Credentials:
  accessKeyId: { name: {{ $name }}-backup, key: ACCESS_KEY_ID }
  secretAccessKey: { name: {{ $name }}-backup, key: SECRET_ACCESS_KEY }
{{- end -}}
