{{- define "platform.deployment" -}}
{{- $fullname := include "platform.fullname" . -}}
{{- $component := include "platform.component" . -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $fullname }}
  labels:
    {{- include "platform.ownLabels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  minReadySeconds: 5
  progressDeadlineSeconds: 300
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  selector:
    matchLabels:
      {{- include "platform.ownSelector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "platform.podLabels" (dict "root" . "name" $component "component" (include "platform.kind" .)) | nindent 8 }}
      annotations:
        # Read at the start only: a change of the environment has to bring new pods.
        muster/config-checksum: {{ include "platform.config" . | sha256sum }}
        {{- with .Values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ $fullname }}
      {{- include "platform.podBasics" . | nindent 6 }}
      terminationGracePeriodSeconds: {{ include "platform.graceSeconds" . }}
      {{- include "platform.spread" . | nindent 6 }}
      containers:
        - name: {{ $component }}
          image: {{ include "platform.image" (dict "root" . "component" $component) }}
          imagePullPolicy: {{ .Values.global.image.pullPolicy }}
          securityContext:
            {{- include "platform.containerSecurity" . | nindent 12 }}
          ports:
            - { name: http, containerPort: {{ .Values.port }}, protocol: TCP }
            {{- with .Values.opsPort }}
            - { name: ops, containerPort: {{ . }}, protocol: TCP }
            {{- end }}
          envFrom:
            - configMapRef:
                name: {{ $fullname }}
          {{- if .Values.opsPort }}
          env:
            - name: NODE_OPTIONS
              value: {{ include "platform.nodeOptions" .Values.resources }}
            {{- include "platform.env" (dict "root" . "secrets" .Values.secrets) | trim | nindent 12 }}
          {{- else }}
          {{- with .Values.extraEnv }}
          env:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          {{- include "platform.probes" . | nindent 10 }}
          lifecycle:
            # Until every proxy has heard that this pod goes, requests still come.
            preStop:
              sleep: { seconds: {{ .Values.shutdown.preStopSeconds }} }
          volumeMounts:
            {{- include "platform.volumeMounts" (dict "root" . "secrets" .Values.secrets) | nindent 12 }}
            {{- if .Values.serviceKeys }}
            - { name: service-keys, mountPath: /etc/muster/service-keys, readOnly: true }
            {{- end }}
      volumes:
        {{- include "platform.volumes" (dict "root" . "secrets" .Values.secrets "tmpSize" .Values.tmpSize) | nindent 8 }}
        {{- if .Values.serviceKeys }}
        - name: service-keys
          secret:
            secretName: {{ include "platform.release" . }}-service-keys
            defaultMode: 0440
        {{- end }}
{{- end -}}

{{/* Three questions, three addresses: has it started, is it alive (asks nobody), may it be sent requests. */}}
{{- define "platform.probes" -}}
{{- $port := .Values.probes.port -}}
startupProbe:
  httpGet: { path: {{ .Values.probes.started }}, port: {{ $port }} }
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: { path: {{ .Values.probes.live }}, port: {{ $port }} }
  periodSeconds: 10
  timeoutSeconds: 3
  failureThreshold: 3
readinessProbe:
  httpGet: { path: {{ .Values.probes.ready }}, port: {{ $port }} }
  periodSeconds: 3
  timeoutSeconds: 2
  failureThreshold: 2
{{- end -}}
