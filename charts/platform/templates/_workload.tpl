{{/* What stands beside a Deployment: account, Service, scaling, budget. */}}
{{- define "platform.serviceaccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "platform.fullname" . }}
  labels:
    {{- include "platform.ownLabels" . | nindent 4 }}
  {{- with .Values.serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end -}}

{{- define "platform.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "platform.fullname" . }}
  labels:
    {{- include "platform.ownLabels" . | nindent 4 }}
spec:
  type: ClusterIP
  selector:
    {{- include "platform.ownSelector" . | nindent 4 }}
  ports:
    - { name: http, port: {{ .Values.port }}, targetPort: http, protocol: TCP, appProtocol: http }
    {{- with .Values.opsPort }}
    - { name: ops, port: {{ . }}, targetPort: ops, protocol: TCP, appProtocol: http }
    {{- end }}
{{- end -}}

{{- define "platform.hpa" -}}
{{- $scaling := .Values.autoscaling -}}
{{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) }}{{ fail (printf "%s: autoscaling.minReplicas %d is more than maxReplicas %d" (include "platform.component" .) (int $scaling.minReplicas) (int $scaling.maxReplicas)) }}{{ end -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "platform.fullname" . }}
  labels:
    {{- include "platform.ownLabels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "platform.fullname" . }}
  minReplicas: {{ $scaling.minReplicas }}
  maxReplicas: {{ $scaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: { type: Utilization, averageUtilization: {{ $scaling.cpuPercent }} }
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 0
      policies:
        - { type: Percent, value: 100, periodSeconds: 30 }
    scaleDown:
      # A minute's lull between two waves of invites is no reason to warm an index again.
      stabilizationWindowSeconds: 300
      policies:
        - { type: Pods, value: 1, periodSeconds: 60 }
{{- end -}}

{{- define "platform.pdb" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "platform.fullname" . }}
  labels:
    {{- include "platform.ownLabels" . | nindent 4 }}
spec:
  maxUnavailable: {{ .Values.disruption.maxUnavailable }}
  # A pod that is broken anyway must not keep a node from being drained.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "platform.ownSelector" . | nindent 6 }}
{{- end -}}

{{- define "platform.servicemonitor" -}}
{{- $monitoring := .Values.global.monitoring -}}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ include "platform.fullname" . }}
  labels:
    {{- include "platform.ownLabels" . | nindent 4 }}
    {{- with $monitoring.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  jobLabel: app.kubernetes.io/name
  selector:
    matchLabels:
      {{- include "platform.ownSelector" . | nindent 6 }}
  endpoints:
    - port: ops
      path: /metrics
      interval: {{ $monitoring.interval }}
      scrapeTimeout: 10s
      honorLabels: false
      relabelings:
        # The operator calls the target by the name of its Service; rules and dashboards ask by that of the service, and
        # what a scrape brings itself gives way to the target's label.
        - { action: replace, sourceLabels: [__meta_kubernetes_service_label_app_kubernetes_io_name], targetLabel: service }
{{- end -}}
