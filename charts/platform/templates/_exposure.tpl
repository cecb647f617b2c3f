{{/* How browsers get in: one address, a path per chart. Only the public port stands here; a policy test holds that. */}}
{{- define "platform.exposure" -}}
{{- $kind := .Values.global.exposure.kind -}}
{{- if .Values.paths -}}
{{- if eq $kind "ingress" -}}
{{ include "platform.ingress" . }}
{{- else if eq $kind "httproute" -}}
{{ include "platform.httproute" . }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "platform.ingress" -}}
{{- $ingress := .Values.global.exposure.ingress -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ include "platform.fullname" . }}
  labels:
    {{- include "platform.ownLabels" . | nindent 4 }}
  {{- with $ingress.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  ingressClassName: {{ $ingress.className }}
  tls:
    - hosts: [{{ .Values.global.host }}]
      secretName: {{ $ingress.tlsSecret }}
  rules:
    - host: {{ .Values.global.host }}
      http:
        paths:
          {{- range .Values.paths }}
          - path: {{ .path }}
            pathType: {{ .type }}
            backend:
              service:
                name: {{ include "platform.fullname" $ }}
                port: { name: http }
          {{- end }}
{{- end -}}

{{- define "platform.httproute" -}}
{{- if not .Values.global.exposure.httproute.parentRefs }}{{ fail "global.exposure.httproute.parentRefs: a route needs the Gateway that it hangs on" }}{{ end -}}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: {{ include "platform.fullname" . }}
  labels:
    {{- include "platform.ownLabels" . | nindent 4 }}
spec:
  parentRefs:
    {{- toYaml .Values.global.exposure.httproute.parentRefs | nindent 4 }}
  hostnames: [{{ .Values.global.host }}]
  rules:
    - matches:
        {{- range .Values.paths }}
        - path: { type: {{ eq .type "Exact" | ternary "Exact" "PathPrefix" }}, value: {{ .path }} }
        {{- end }}
      backendRefs:
        - { name: {{ include "platform.fullname" . }}, port: {{ .Values.port }} }
{{- end -}}
