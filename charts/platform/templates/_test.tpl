{{/* `helm test`: the public port answers, and what belongs to operations is not on it. */}}
{{- define "platform.test" -}}
{{- $component := include "platform.component" . -}}
{{- $name := printf "%s-test" $component -}}
{{- $labels := include "platform.labels" (dict "root" . "name" $name "component" "test") -}}
{{- $hook := dict "helm.sh/hook" "test" "helm.sh/hook-delete-policy" "before-hook-creation,hook-succeeded" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "platform.fullname" . }}-test
  labels:
    {{- $labels | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "platform.selector" (dict "root" . "name" $name) | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress: []
  egress:
    {{- include "platform.dnsEgress" . | nindent 4 }}
    - to:
        {{- include "platform.ownPods" (dict "root" . "names" (list $component)) | trim | nindent 8 }}
      ports:
        - { protocol: TCP, port: {{ .Values.port }} }
---
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "platform.fullname" . }}-test
  labels:
    {{- $labels | nindent 4 }}
  annotations:
    {{- toYaml $hook | nindent 4 }}
spec:
  restartPolicy: Never
  serviceAccountName: {{ include "platform.fullname" . }}
  {{- include "platform.podBasics" (merge (dict "Values" (merge (dict "runAsUser" 10001) .Values)) .) | nindent 2 }}
  containers:
    - name: ask
      image: {{ include "platform.image" (dict "root" . "component" (.Values.test.image | default $component)) }}
      imagePullPolicy: {{ .Values.global.image.pullPolicy }}
      command:
        - node
        - -e
        - |
          const origin = 'http://{{ include "platform.fullname" . }}:{{ .Values.port }}';
          const statusOf = async (path) => (await fetch(origin + path)).status;
          (async () => {
            const seen = { answers: await statusOf('{{ .Values.test.answers }}'), hidden: await statusOf('{{ .Values.test.hidden }}') };
            console.log(JSON.stringify(seen));
            process.exit(seen.answers === 200 && seen.hidden === 404 ? 0 : 1);
          })();
      securityContext:
        {{- include "platform.containerSecurity" . | nindent 8 }}
      env:
        - { name: NODE_OPTIONS, value: --max-old-space-size=48 }
      resources:
        requests: { cpu: 10m, memory: 48Mi }
        limits: { memory: 96Mi }
      volumeMounts:
        - { name: tmp, mountPath: /tmp }
  volumes:
    - name: tmp
      emptyDir: { sizeLimit: 8Mi }
{{- end -}}
