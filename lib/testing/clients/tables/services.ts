import type { Scenario } from '../scenario.test-support';

const HEAD = /NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE/;

/** Services of every type, made by generators and by hand, changed by every type of patch. */
export const services: readonly Scenario[] = [
  {
    name: 'create service',
    steps: [
      {
        run: 'kubectl create service clusterip web --tcp=80:8080 --tcp=443',
        stdout: 'service/web created\n',
      },
      { run: 'kubectl create service clusterip bare --clusterip=None', stdout: 'service/bare created\n' },
      {
        run: 'kubectl create service nodeport np --tcp=80 --node-port=30081',
        stdout: 'service/np created\n',
      },
      { run: 'kubectl create service loadbalancer lb --tcp=5678:8080', stdout: 'service/lb created\n' },
      {
        run: 'kubectl create service externalname ext --external-name=db.example.com',
        stdout: 'service/ext created\n',
      },
      {
        run: 'kubectl get services',
        stdout: [
          HEAD,
          /^web +ClusterIP +10\.\S+ +<none> +80\/TCP,443\/TCP /m,
          /^bare +ClusterIP +None +<none> +<none> /m,
          /^np +NodePort +10\.\S+ +<none> +80:30081\/TCP /m,
          /^lb +LoadBalancer +10\.\S+ +<pending> +5678:3\d{4}\/TCP /m,
          /^ext +ExternalName +<none> +db\.example\.com +<none> /m,
        ],
      },
      {
        run: 'kubectl create service nodeport taken --tcp=80 --node-port=30081',
        status: 1,
        stderr:
          'error: failed to create NodePort service: Service "taken" is invalid: spec.ports[0].nodePort: Invalid value: 30081: provided port is already allocated\n',
      },
      {
        run: 'kubectl create service clusterip web --tcp=80',
        status: 1,
        stderr: 'error: failed to create ClusterIP service: services "web" already exists\n',
      },
      {
        run: 'kubectl create service clusterip dry --tcp=80 --dry-run=server -o jsonpath={.spec.type},{.spec.ports[0].targetPort}',
        stdout: 'ClusterIP,80',
      },
      {
        run: 'kubectl get service dry',
        status: 1,
        stderr: 'Error from server (NotFound): services "dry" not found\n',
      },
    ],
  },
  {
    name: 'patch of each type',
    steps: [
      { run: 'kubectl create service clusterip web --tcp=80:8080', stdout: 'service/web created\n' },
      { run: `kubectl patch service web -p '{"spec":{"type":"NodePort"}}'`, stdout: 'service/web patched\n' },
      {
        run: `kubectl patch service web -p '{"spec":{"ports":[{"port":443,"name":"tls"},{"port":80,"name":"http"}]}}'`,
        stdout: 'service/web patched\n',
      },
      {
        run: `kubectl get service web -o jsonpath='{range .spec.ports[*]}{.name}={.port},{.targetPort} {end}'`,
        stdout: 'tls=443,443 http=80,8080 ',
      },
    ],
  },
  {
    name: 'patch merge and json',
    steps: [
      { run: 'kubectl create service clusterip web --tcp=80:8080', stdout: 'service/web created\n' },
      {
        run: `kubectl patch service web --type=merge -p '{"metadata":{"labels":{"tier":"front"}},"spec":{"selector":null}}'`,
        stdout: 'service/web patched\n',
      },
      {
        run: `kubectl patch service web --type=json -p '[{"op":"test","path":"/spec/ports/0/port","value":80},{"op":"replace","path":"/spec/ports/0/port","value":8080}]'`,
        stdout: 'service/web patched\n',
      },
      {
        run: `kubectl get service web -o jsonpath='{.metadata.labels.tier} {.spec.selector} {.spec.ports[0].port}'`,
        stdout: 'front  8080',
      },
      {
        run: `kubectl patch service web --type=json -p '[{"op":"remove","path":"/spec/nowhere"}]'`,
        status: 1,
        stderr: /the server rejected our request due to an error in our request/,
      },
      {
        run: `kubectl patch service web --type=merge -p '{"spec":{"clusterIP":"10.96.200.200"}}'`,
        status: 1,
        stderr:
          /^The Service "web" is invalid: spec\.clusterIPs\[0\]: Invalid value: .*may not change once set\n$/,
      },
    ],
  },
  {
    name: 'expose label annotate',
    steps: [
      { run: 'kubectl run web --image=nginx --labels=app=web --port=80', stdout: 'pod/web created\n' },
      {
        run: 'kubectl expose pod web --name=front --port=8080 --target-port=80',
        stdout: 'service/front exposed\n',
      },
      {
        run: 'kubectl expose service front --name=outside --port=80 --type=NodePort',
        stdout: 'service/outside exposed\n',
      },
      { run: 'kubectl wait pod/web --for=condition=Ready --timeout=15s', stdout: 'pod/web condition met\n' },
      {
        run: 'kubectl get endpointslices -l kubernetes.io/service-name=front',
        stdout: /^front-\w{5} +IPv4 +80 +10\.244\.\S+ /m,
      },
      { run: 'kubectl label service front tier=front', stdout: 'service/front labeled\n' },
      {
        run: 'kubectl label service front tier=back',
        status: 1,
        stderr: "error: 'tier' already has a value (front), and --overwrite is false\n",
      },
      { run: 'kubectl label service front tier-', stdout: 'service/front unlabeled\n' },
      { run: 'kubectl annotate service front note="for the shop"', stdout: 'service/front annotated\n' },
      {
        run: 'kubectl describe service front',
        stdout: [
          /^Annotations: +note: for the shop$/m,
          /^Endpoints: +10\.244\.\S+:80$/m,
          /^TargetPort: +80\/TCP$/m,
        ],
      },
      { run: 'kubectl get services,pods -o name', stdout: 'service/front\nservice/outside\npod/web\n' },
    ],
  },
];
