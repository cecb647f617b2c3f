{{/*
Network policies: nothing in, nothing out, but what the declared service graph (_service-graph.tpl) says, and DNS.
The kubelet's probes come from the node and need no rule.
*/}}
{{- define "platform.dnsEgress" -}}
{{- $dns := .Values.global.dns -}}
- to:
    {{- include "platform.pods" $dns | nindent 4 }}
    {{- range $dns.cidrs }}
    - ipBlock: { cidr: {{ . }} }
    {{- end }}
  ports:
    - { protocol: UDP, port: {{ $dns.port }} }
    - { protocol: TCP, port: {{ $dns.port }} }
{{- end -}}

{{/* Pods of this release by name: dict root names */}}
{{- define "platform.ownPods" -}}
{{- $root := .root -}}
{{- range .names }}
- podSelector:
    matchLabels:
      {{- include "platform.selector" (dict "root" $root "name" .) | nindent 6 }}
{{- end }}
{{- end -}}

{{/* Pods of a namespace: dict namespace podLabels. An empty namespace is this one. */}}
{{- define "platform.pods" -}}
- {{ if .namespace }}namespaceSelector:
    matchLabels: { kubernetes.io/metadata.name: {{ .namespace }} }
  {{ end }}podSelector: {{ if .podLabels }}{ matchLabels: {{ toJson .podLabels }} }{{ else }}{}{{ end }}
{{- end -}}

{{/* Where a backing part is: dict root part */}}
{{- define "platform.backingPeers" -}}
{{- $backing := .root.Values.global.backing -}}
{{- $part := get $backing .part -}}
{{- if eq $part.kind "external" -}}
{{- if not $part.cidrs }}{{ fail (printf "global.backing.%s.cidrs: an external part needs the addresses that it may be reached at" .part) }}{{ end -}}
{{- range $part.cidrs }}
- ipBlock: { cidr: {{ . }} }
{{- end }}
{{- else if eq $part.kind "pods" -}}
{{- if not $part.podLabels }}{{ fail (printf "global.backing.%s.podLabels: pods are chosen by labels, and there are none" .part) }}{{ end -}}
{{ include "platform.pods" $part }}
{{- else -}}
{{ include "platform.pods" (dict "namespace" $part.namespace "podLabels" (dict "app.kubernetes.io/name" .part "app.kubernetes.io/instance" $backing.release)) }}
{{- end -}}
{{- end -}}

{{- define "platform.backingEgress" -}}
- to:
    {{- include "platform.backingPeers" . | trim | nindent 4 }}
  ports:
    - { protocol: TCP, port: {{ get (get .root.Values.global.backing .part) "port" }} }
{{- end -}}

{{/* The internet, and by no detour the cluster or the cloud's metadata. */}}
{{- define "platform.internet" -}}
- ipBlock:
    cidr: 0.0.0.0/0
    except: [10.0.0.0/8, 100.64.0.0/10, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]
- ipBlock:
    cidr: "::/0"
    except: ["fc00::/7", "fe80::/10"]
{{- end -}}

{{- define "platform.networkpolicy" -}}
{{- $root := . -}}
{{- $graph := include "platform.serviceGraph" . | fromYaml -}}
{{- $component := include "platform.component" . -}}
{{- $node := get $graph.nodes $component -}}
{{- if not $node }}{{ fail (printf "%s: not in the declared service graph" $component) }}{{ end -}}
{{- $global := .Values.global -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "platform.fullname" . }}
  labels:
    {{- include "platform.ownLabels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "platform.ownSelector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        {{- include "platform.ownPods" (dict "root" . "names" (list (printf "%s-test" $component))) | trim | nindent 8 }}
        {{- if and $node.routed $global.routes.enabled }}
        {{- include "platform.ownPods" (dict "root" . "names" (list "web")) | trim | nindent 8 }}
        {{- else }}
        {{- include "platform.pods" $global.edge | nindent 8 }}
        {{- end }}
      ports:
        - { protocol: TCP, port: {{ .Values.port }} }
    {{- if $node.calledBy }}
    - from:
        {{- include "platform.ownPods" (dict "root" . "names" $node.calledBy) | trim | nindent 8 }}
      ports:
        - { protocol: TCP, port: {{ .Values.opsPort }} }
    {{- end }}
    {{- if and $global.monitoring.enabled .Values.opsPort }}
    - from:
        {{- include "platform.pods" $global.monitoring | nindent 8 }}
      ports:
        - { protocol: TCP, port: {{ .Values.opsPort }} }
    {{- end }}
  egress:
    {{- include "platform.dnsEgress" . | nindent 4 }}
    {{- if $node.calls }}
    - to:
        {{- include "platform.ownPods" (dict "root" . "names" $node.calls) | trim | nindent 8 }}
      ports:
        - { protocol: TCP, port: {{ $graph.ports.ops }} }
    {{- end }}
    {{- if and $node.routes $global.routes.enabled }}
    - to:
        {{- include "platform.ownPods" (dict "root" . "names" $node.routes) | trim | nindent 8 }}
      ports:
        - { protocol: TCP, port: {{ $graph.ports.http }} }
    {{- end }}
    {{- range $node.backing }}
    {{- include "platform.backingEgress" (dict "root" $root "part" .) | nindent 4 }}
    {{- end }}
    {{- if and $global.tracing.endpoint .Values.opsPort }}
    - to:
        {{- include "platform.pods" $global.tracing | nindent 8 }}
      ports:
        - { protocol: TCP, port: {{ $global.tracing.port }} }
    {{- end }}
    {{- if $node.internet }}
    - to:
        {{- include "platform.internet" . | nindent 8 }}
      ports:
        {{- range $node.internet }}
        - { protocol: TCP, port: {{ . }} }
        {{- end }}
    {{- end }}
{{- end -}}

{{/* A migration speaks to its database, and nobody to it. */}}
{{- define "platform.migrationPolicy" -}}
{{- $name := printf "%s-migration" (include "platform.component" .) -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "platform.fullname" . }}-migration
  labels:
    {{- include "platform.labels" (dict "root" . "name" $name "component" "migration") | nindent 4 }}
  annotations:
    {{- include "platform.hook" (dict "weight" -10) | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "platform.selector" (dict "root" . "name" $name) | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress: []
  egress:
    {{- include "platform.dnsEgress" . | nindent 4 }}
    {{- include "platform.backingEgress" (dict "root" . "part" "postgres") | nindent 4 }}
{{- end -}}
