import type { Scenario } from '../scenario.test-support';

/** Deployments, Pods, Jobs: made, followed, changed, taken back. */
export const workloads: readonly Scenario[] = [
  {
    name: 'rollout',
    steps: [
      {
        run: 'kubectl create deployment web --image=nginx:1.26 --replicas=3 --port=80',
        stdout: 'deployment.apps/web created\n',
      },
      {
        run: 'kubectl rollout status deployment/web --timeout=15s',
        stdout: /^deployment "web" successfully rolled out$/m,
      },
      {
        run: 'kubectl wait deployment/web --for=condition=Available --timeout=5s',
        stdout: 'deployment.apps/web condition met\n',
      },
      {
        run: `kubectl wait deployment/web --for=jsonpath='{.status.readyReplicas}'=3 --timeout=5s`,
        stdout: 'deployment.apps/web condition met\n',
      },
      {
        run: 'kubectl set image deployment/web nginx=nginx:1.27',
        stdout: 'deployment.apps/web image updated\n',
      },
      {
        run: 'kubectl rollout status deployment/web --timeout=15s',
        stdout: /^deployment "web" successfully rolled out$/m,
      },
      {
        run: 'kubectl annotate deployment/web kubernetes.io/change-cause="newer nginx"',
        stdout: 'deployment.apps/web annotated\n',
      },
      { run: 'kubectl rollout history deployment/web', stdout: [/^1 +<none>$/m, /^2 +newer nginx$/m] },
      { run: 'kubectl rollout undo deployment/web', stdout: 'deployment.apps/web rolled back\n' },
      {
        run: 'kubectl rollout status deployment/web --timeout=15s',
        stdout: /^deployment "web" successfully rolled out$/m,
      },
      {
        run: `kubectl get deployment web -o jsonpath='{.spec.template.spec.containers[0].image}'`,
        stdout: 'nginx:1.26',
      },
      { run: 'kubectl rollout pause deployment/web', stdout: 'deployment.apps/web paused\n' },
      { run: 'kubectl rollout resume deployment/web', stdout: 'deployment.apps/web resumed\n' },
      { run: 'kubectl rollout restart deployment/web', stdout: 'deployment.apps/web restarted\n' },
      {
        run: 'kubectl scale deployment/web --replicas=1 --current-replicas=3',
        stdout: 'deployment.apps/web scaled\n',
      },
      { run: 'kubectl set env deployment/web COLOUR=blue', stdout: 'deployment.apps/web env updated\n' },
      {
        run: 'kubectl set image deployment/web nginx=nginx:nosuch',
        stdout: 'deployment.apps/web image updated\n',
      },
      {
        run: 'kubectl rollout status deployment/web --timeout=1s',
        status: 1,
        stdout: /Waiting for deployment "web" rollout to finish/,
        stderr: 'error: timed out waiting for the condition\n',
      },
      {
        run: 'kubectl autoscale deployment web --max=3',
        stdout: 'horizontalpodautoscaler.autoscaling/web autoscaled\n',
      },
    ],
  },
  {
    name: 'watching',
    steps: [
      {
        run: '(sleep 0.3; kubectl create configmap late --from-literal=a=b >/dev/null) & kubectl get configmaps --watch --request-timeout=1s; wait',
        stdout: [/^NAME +DATA +AGE$/m, /^late +1 +\S+$/m],
      },
      {
        run: '(sleep 0.3; kubectl delete configmap late >/dev/null) & kubectl get configmaps --watch-only --output-watch-events --request-timeout=1s; wait',
        stdout: /^DELETED +late /m,
      },
      {
        run: '(sleep 0.3; kubectl create configmap ready --from-literal=a=b >/dev/null) & kubectl wait --for=create configmap/ready --timeout=5s; wait',
        stdout: 'configmap/ready condition met\n',
      },
    ],
  },
  {
    name: 'run and logs',
    steps: [
      {
        run: `kubectl run talk --image=busybox --restart=Never -- sh -c 'for n in 1 2 3; do echo line $n; sleep 1; done'`,
        stdout: 'pod/talk created\n',
      },
      {
        run: `kubectl wait pod/talk --for=jsonpath='{.status.phase}'=Succeeded --timeout=15s`,
        stdout: 'pod/talk condition met\n',
      },
      { run: 'kubectl logs talk', stdout: 'line 1\nline 2\nline 3\n' },
      { run: 'kubectl logs talk --tail=1', stdout: 'line 3\n' },
      { run: 'kubectl logs talk --limit-bytes=9', stdout: 'line 1\nli' },
      {
        run: 'kubectl logs talk --timestamps --tail=1',
        stdout: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z line 3\n$/,
      },
      {
        run: 'kubectl logs talk -p',
        status: 1,
        stderr:
          'Error from server (BadRequest): previous terminated container "talk" in pod "talk" not found\n',
      },
      {
        run: 'kubectl logs talk -c nosuch',
        status: 1,
        stderr: 'error: container nosuch is not valid for pod talk\n',
      },
      {
        run: 'kubectl logs nosuch',
        status: 1,
        stderr: /^error: error from server \(NotFound\): pods "nosuch" not found in namespace "\S+"\n$/,
      },
      {
        run: `kubectl run follow --image=busybox --restart=Never -- sh -c 'sleep 5; for n in 1 2 3; do echo line $n; sleep 2; done'`,
        stdout: 'pod/follow created\n',
      },
      { run: 'kubectl wait pod/follow --for=condition=Ready --timeout=15s', stdout: /condition met/ },
      { run: 'kubectl logs -f follow', stdout: 'line 1\nline 2\nline 3\n' },
      {
        run: `kubectl run now --image=busybox --restart=Never -i --rm --quiet -- sh -c 'echo here; exit 0'`,
        stdout: 'here\n',
      },
      {
        run: `kubectl run fails --image=busybox --restart=Never --attach --rm --quiet -- sh -c 'echo oh; exit 3'`,
        status: 3,
        stdout: 'oh\n',
        stderr: /^pod \S+\/fails terminated \(Error\)\n$/,
      },
    ],
  },
  {
    name: 'jobs and the rest that create makes',
    steps: [
      {
        run: 'kubectl create job count --image=busybox -- echo counted',
        stdout: 'job.batch/count created\n',
      },
      {
        run: 'kubectl wait job/count --for=condition=Complete --timeout=15s',
        stdout: 'job.batch/count condition met\n',
      },
      { run: 'kubectl logs job/count', stdout: 'counted\n' },
      {
        run: `kubectl create cronjob tick --image=busybox --schedule='*/5 * * * *' -- date`,
        stdout: 'cronjob.batch/tick created\n',
      },
      { run: 'kubectl create job tock --from=cronjob/tick', stdout: 'job.batch/tock created\n' },
      { run: 'kubectl create secret generic keys --from-literal=a=b', stdout: 'secret/keys created\n' },
      { run: `kubectl get secret keys -o jsonpath='{.data.a}'`, stdout: 'Yg==' },
      {
        run: 'kubectl create secret docker-registry pull --docker-username=u --docker-password=p',
        stdout: 'secret/pull created\n',
      },
      {
        run: `kubectl create ingress web --rule='shop.example/*=web:80' --class=nginx`,
        stdout: 'ingress.networking.k8s.io/web created\n',
      },
      {
        run: 'kubectl create role reader --verb=get,list --resource=pods',
        stdout: 'role.rbac.authorization.k8s.io/reader created\n',
      },
      {
        run: 'kubectl create rolebinding readers --role=reader --serviceaccount=default:default',
        stdout: 'rolebinding.rbac.authorization.k8s.io/readers created\n',
      },
      {
        run: 'kubectl create quota small --hard=pods=1,configmaps=9',
        stdout: 'resourcequota/small created\n',
      },
      {
        run: 'kubectl create poddisruptionbudget keep --selector=app=web --min-available=50%',
        stdout: 'poddisruptionbudget.policy/keep created\n',
      },
      { run: 'kubectl create serviceaccount robot', stdout: 'serviceaccount/robot created\n' },
      {
        run: 'kubectl create configmap many --from-literal=a=1 --from-literal=b=2 -o name',
        stdout: 'configmap/many\n',
      },
      {
        run: `kubectl run one --image=nginx --overrides='{"spec":{"nodeName":"worker-1"}}'`,
        stdout: 'pod/one created\n',
      },
      {
        run: 'kubectl run two --image=nginx',
        status: 1,
        stderr:
          /^Error from server \(Forbidden\): pods "two" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1\n$/,
      },
    ],
  },
];
