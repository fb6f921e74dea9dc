import type { Scenario } from '../scenario.test-support';

const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, labels: {app: shop}}
spec:
  replicas: 2
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
      - {name: nginx, image: "nginx:1.27", ports: [{containerPort: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
`;
const MORE = SHOP.replace('replicas: 2', 'replicas: 3');

/** What is written down becomes so: apply in both ways, edit, diff, replace, delete. */
export const apply: readonly Scenario[] = [
  {
    name: 'apply diff edit',
    files: { 'shop.yaml': SHOP, 'more.yaml': MORE },
    steps: [
      { run: 'kubectl diff -f shop.yaml', status: 1, stdout: /^\+kind: Service$/m },
      { run: 'kubectl apply -f shop.yaml', stdout: 'deployment.apps/shop created\nservice/shop created\n' },
      {
        run: 'kubectl apply -f shop.yaml',
        stdout: 'deployment.apps/shop unchanged\nservice/shop unchanged\n',
      },
      { run: 'kubectl diff -f shop.yaml', stdout: '' },
      {
        run: 'kubectl diff -f more.yaml',
        status: 1,
        stdout: [/^- {2}replicas: 2$/m, /^\+ {2}replicas: 3$/m],
      },
      {
        run: 'kubectl apply -f more.yaml',
        stdout: 'deployment.apps/shop configured\nservice/shop unchanged\n',
      },
      {
        run: 'kubectl apply -f more.yaml --prune -l app=none --dry-run=server',
        status: 1,
        stderr: /no objects passed to apply/,
      },
      {
        run: `EDITOR='sed -i "s/replicas: 3/replicas: 4/"' kubectl edit deployment shop`,
        stdout: 'deployment.apps/shop edited\n',
      },
      { run: `EDITOR=true kubectl edit deployment shop`, stderr: 'Edit cancelled, no changes made.\n' },
      {
        run: `EDITOR='sed -i "s/replicas: 4/replicas: many/"' kubectl edit deployment shop`,
        status: 1,
        stderr: [
          /^error: deployments\.apps "shop" is invalid$/m,
          /A copy of your changes has been stored to/,
        ],
      },
      { run: 'kubectl get deployment shop -o jsonpath={.spec.replicas}', stdout: '4' },
      {
        run: 'kubectl apply view-last-applied deployment/shop -o json | grep replicas',
        stdout: /"replicas": 3/,
      },
      {
        run: 'kubectl replace -f shop.yaml',
        stdout: 'deployment.apps/shop replaced\nservice/shop replaced\n',
      },
      {
        run: 'kubectl delete -f shop.yaml',
        stdout:
          /^deployment\.apps "shop" deleted from \S+ namespace\nservice "shop" deleted from \S+ namespace\n$/,
      },
      { run: 'kubectl get all', stderr: /^No resources found in \S+ namespace\.\n$|^$/ },
    ],
  },
  {
    name: 'apply on the server',
    files: { 'shop.yaml': SHOP, 'more.yaml': MORE },
    steps: [
      {
        run: 'kubectl apply --server-side -f shop.yaml',
        stdout: 'deployment.apps/shop serverside-applied\nservice/shop serverside-applied\n',
      },
      { run: 'kubectl scale deployment shop --replicas=5', stdout: 'deployment.apps/shop scaled\n' },
      {
        run: 'kubectl apply --server-side -f more.yaml',
        status: 1,
        stdout: 'service/shop serverside-applied\n',
        stderr: [
          /^error: Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps\/v1: \.spec\.replicas$/m,
          /--force-conflicts/,
        ],
      },
      { run: 'kubectl get deployment shop -o jsonpath={.spec.replicas}', stdout: '5' },
      {
        run: 'kubectl apply --server-side --force-conflicts -f more.yaml',
        stdout: 'deployment.apps/shop serverside-applied\nservice/shop serverside-applied\n',
      },
      { run: 'kubectl get deployment shop -o jsonpath={.spec.replicas}', stdout: '3' },
      {
        run: `kubectl get deployment shop -o jsonpath='{range .metadata.managedFields[?(@.operation=="Apply")]}{.manager} {end}' --show-managed-fields`,
        stdout: 'kubectl ',
      },
      {
        run: 'kubectl apply --server-side --dry-run=server -f shop.yaml',
        stdout: /^deployment\.apps\/shop serverside-applied \(server dry run\)$/m,
      },
    ],
  },
  {
    name: 'what is wrong is refused',
    files: {
      'unknown.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80, prot: x}]}\n',
      'bad.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 700000}]}\n',
      'cake.yaml': 'apiVersion: v1\nkind: Cake\nmetadata: {name: a}\n',
    },
    steps: [
      {
        run: 'kubectl apply -f unknown.yaml',
        status: 1,
        stderr:
          'Error from server (BadRequest): error when creating "unknown.yaml": Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.ports[0].prot"\n',
      },
      {
        run: 'kubectl apply --validate=warn -f unknown.yaml',
        stdout: 'service/a created\n',
        stderr: 'Warning: unknown field "spec.ports[0].prot"\n',
      },
      { run: 'kubectl apply --validate=ignore -f unknown.yaml', stdout: 'service/a configured\n' },
      {
        run: 'kubectl create -f bad.yaml',
        status: 1,
        stderr:
          'The Service "a" is invalid: \n* spec.ports[0].port: Invalid value: 700000: must be between 1 and 65535, inclusive\n* spec.ports[0].targetPort: Invalid value: 700000: must be between 1 and 65535, inclusive\n',
      },
      {
        run: 'kubectl apply -f cake.yaml',
        status: 1,
        stderr:
          /^error: resource mapping not found for name: "a" namespace: "" from "cake\.yaml": no matches for kind "Cake" in version "v1"\n/,
      },
      { run: 'kubectl create configmap a --from-literal=x=1', stdout: 'configmap/a created\n' },
      {
        run: `kubectl get configmap a -o json | sed 's/"resourceVersion": "[0-9]*"/"resourceVersion": "1"/; s/"x": "1"/"x": "2"/' | kubectl replace -f -`,
        status: 1,
        stderr:
          'Error from server (Conflict): error when replacing "STDIN": Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again\n',
      },
    ],
  },
  {
    name: 'delete with finalizers',
    files: {
      'held.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: held, finalizers: [example.com/hold]}\n',
    },
    steps: [
      { run: 'kubectl apply -f held.yaml', stdout: 'configmap/held created\n' },
      {
        run: 'kubectl delete configmap held --wait=false',
        stdout: /^configmap "held" deleted from \S+ namespace\n$/,
      },
      {
        run: `kubectl get configmap held -o jsonpath='{.metadata.finalizers} {.metadata.deletionGracePeriodSeconds}'`,
        stdout: '["example.com/hold"] 0',
      },
      {
        run: 'kubectl delete configmap held --timeout=2s',
        status: 1,
        stdout: /deleted/,
        stderr: /^error: timed out waiting for the condition on configmaps\/held$/m,
      },
      {
        run: `kubectl patch configmap held --type=merge -p '{"metadata":{"finalizers":null}}'`,
        stdout: 'configmap/held patched\n',
      },
      { run: 'kubectl wait configmap/held --for=delete --timeout=5s' },
      {
        run: 'kubectl get configmap held',
        status: 1,
        stderr: 'Error from server (NotFound): configmaps "held" not found\n',
      },
      {
        run: 'kubectl create deployment web --image=nginx --replicas=2',
        stdout: 'deployment.apps/web created\n',
      },
      { run: 'kubectl rollout status deployment/web --timeout=15s', stdout: /successfully rolled out/ },
      { run: 'kubectl delete deployment web --cascade=orphan', stdout: /deleted/ },
      { run: 'kubectl get replicasets,pods --no-headers | wc -l', stdout: /^\s*3\n$/ },
      { run: 'kubectl delete replicaset -l app=web --cascade=foreground', stdout: /deleted/ },
      { run: 'kubectl get pods', stderr: /^No resources found in \S+ namespace\.\n$/ },
    ],
  },
];
