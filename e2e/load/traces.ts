/** What a learner types in the lab of the first Service, line by line, with the pause before each in seconds. */
export type Trace = readonly (readonly [pauseSeconds: number, line: string])[];

/** The lab that the traces belong to. */
export const TRACED_LAB = { track: 'services', slug: 'clusterip' } as const;

/** Ways through the lab: straight, by manifests, by errors, by looking a lot. */
export const TRACES: readonly Trace[] = [
  [
    [6, 'kubectl get nodes'],
    [9, 'kubectl create deployment web-app --image=nginx --replicas=3 --port=80'],
    [4, 'kubectl get pods'],
    [7, 'kubectl get pods -o wide'],
    [12, 'kubectl expose deployment web-app --name=web-service --port=80'],
    [5, 'kubectl get svc,endpointslices'],
    [11, 'kubectl describe svc web-service'],
    [14, 'kubectl run asks --image=busybox --restart=Never --rm -i -- wget -qO- -T 2 http://web-service'],
    [9, 'kubectl delete pod -l app=web-app --wait=false'],
    [4, 'kubectl get endpointslices'],
  ],
  [
    [8, 'kubectl explain service.spec.selector'],
    [15, 'kubectl create deployment web-app --image=nginx --dry-run=client -o yaml > web.yaml'],
    [6, 'cat web.yaml'],
    [10, "sed -i 's/replicas: 1/replicas: 3/' web.yaml"],
    [5, 'kubectl apply -f web.yaml'],
    [4, 'kubectl get deploy,rs,pods'],
    [16, 'kubectl create service clusterip web-service --tcp=80:80 --dry-run=client -o yaml > svc.yaml'],
    [7, 'kubectl apply -f svc.yaml'],
    [8, 'kubectl get endpoints web-service'],
    [13, 'kubectl set selector service web-service app=web-app'],
    [4, 'kubectl get endpoints web-service'],
  ],
  [
    [5, 'kubectl gte pods'],
    [3, 'kubectl get pods'],
    [10, 'kubectl create deployment web --image=nginx'],
    [8, 'kubectl expose deployment web-app --port=80'],
    [6, 'kubectl get deploy'],
    [7, 'kubectl delete deployment web'],
    [9, 'kubectl create deployment web-app --image=nginxx --replicas=3'],
    [6, 'kubectl get pods'],
    [8, 'kubectl describe pods | tail -20'],
    [9, 'kubectl set image deployment/web-app nginxx=nginx'],
    [5, 'kubectl get pods'],
  ],
  [
    [4, 'ls'],
    [6, 'kubectl get all -A'],
    [9, 'kubectl get pods -n kube-system -o wide'],
    [8, 'kubectl describe node worker-1'],
    [12, 'kubectl get events -A | tail -5'],
    [7, 'kubectl api-resources | grep -i service'],
    [10, 'kubectl get svc kubernetes -o yaml'],
    [9, 'kubectl logs -n kube-system -l k8s-app=kube-dns --tail=3'],
    [6, 'kubectl cluster-info'],
  ],
];

/**
 * Lines whose output waits for a Pod to be scheduled and started: two seconds of the cluster's time, as on a real one. What
 * they take says nothing of the server.
 */
export const waitsForPod = (line: string): boolean => /^kubectl run .* -i\b/.test(line);
