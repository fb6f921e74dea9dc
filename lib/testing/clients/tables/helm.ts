import type { Scenario } from '../scenario.test-support';

const CHART = {
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\nappVersion: "1.0"\n',
  'shop/values.yaml': 'replicas: 1\nimage: nginx:1.27\n',
  'shop/templates/shop.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}-web}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: {{ .Release.Name }}}}
  template:
    metadata: {labels: {app: {{ .Release.Name }}}}
    spec:
      containers: [{name: web, image: {{ .Values.image }}}]
---
apiVersion: v1
kind: Service
metadata: {name: {{ .Release.Name }}-web}
spec: {selector: {app: {{ .Release.Name }}}, ports: [{port: 80}]}
`,
  'shop/templates/NOTES.txt': 'Runs on Kubernetes {{ .Capabilities.KubeVersion.Version }}.\n',
};

/** A chart's life with helm 4. */
export const helm: readonly Scenario[] = [
  {
    name: 'helm',
    files: CHART,
    steps: [
      {
        run: 'helm install rel ./shop --wait --timeout 15s',
        stdout: [/^STATUS: deployed$/m, /^REVISION: 1$/m, /^Runs on Kubernetes v1\.35\.0\.$/m],
      },
      { run: 'kubectl get deployment rel-web -o jsonpath={.status.readyReplicas}', stdout: '1' },
      { run: 'helm list', stdout: /^rel\s+\S+\s+1\s.*deployed\s+shop-0\.1\.0\s+1\.0/m },
      { run: 'helm install rel ./shop', status: 1, stderr: /cannot reuse a name that is still in use/ },
      { run: 'helm upgrade rel ./shop --set replicas=2 --wait --timeout 15s', stdout: /^REVISION: 2$/m },
      { run: 'kubectl get deployment rel-web -o jsonpath={.spec.replicas}', stdout: '2' },
      { run: 'helm history rel', stdout: [/^1\s.*superseded/m, /^2\s.*deployed/m] },
      { run: 'helm rollback rel 1', stdout: 'Rollback was a success! Happy Helming!\n' },
      { run: 'kubectl get deployment rel-web -o jsonpath={.spec.replicas}', stdout: '1' },
      { run: 'helm status rel', stdout: [/^REVISION: 3$/m, /rel-web/] },
      { run: 'helm get values rel --all', stdout: /replicas: 1/ },
      {
        run: 'helm upgrade rel ./shop --set image=nginx:nosuch --wait --timeout 2s',
        status: 1,
        stderr: /UPGRADE FAILED|context deadline exceeded|timeout/i,
      },
      { run: 'helm rollback rel 1', stdout: /success/ },
      { run: 'helm uninstall rel', stdout: 'release "rel" uninstalled\n' },
      { run: 'helm list -q', stdout: '' },
      { run: 'kubectl get services,deployments', stderr: /^No resources found/ },
    ],
  },
];
