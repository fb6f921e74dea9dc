import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../../workspace';

const MANIFEST =
  'https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.15.1/deploy/static/provider/baremetal/deploy.yaml';

/** A shop with a policy, two names for the outside, and an Ingress before it. */
const SETUP = `
kubectl apply -f ${MANIFEST}
kubectl create deployment web --image=nginx --replicas=2
kubectl expose deployment web --port=80
kubectl create deployment idle --image=nginx --replicas=0
kubectl expose deployment idle --port=80
kubectl create service externalname out --external-name=example.com
kubectl run friend --image=curlimages/curl --labels=role=friend -- sleep infinity
kubectl run stranger --image=curlimages/curl --labels=role=stranger -- sleep infinity
kubectl create ingress shop --class=nginx --rule='shop.example.com/*=web:80'
kubectl apply -f - <<X
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: friends }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress:
  - from: [{ podSelector: { matchLabels: { role: friend } } }]
  - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ingress-nginx } } }]
X
sleep 60
`;

let workspace: Workspace;

async function typed(line: string): Promise<string> {
  let text = '';
  await workspace.run(line, {
    out: (piece) => {
      text += piece;
    },
    err: (piece) => {
      text += piece;
    },
  });
  return text;
}

beforeAll(async () => {
  workspace = await createWorkspace({ seed: 1, startAt: 1_767_690_000_000, nodes: 3, images: 'catalogue' });
  await typed(SETUP);
}, 120_000);
afterAll(() => workspace.close());

/** What was asked, and what has to be told of it, in this order. */
type Line = string | RegExp;
const TOLD: readonly (readonly [title: string, command: string, ...lines: Line[]])[] = [
  [
    'each step of the search list, with its reason',
    'trace -f pod/friend dns:web.default',
    'search default.svc.cluster.local',
    '→ tries web.default.default.svc.cluster.local. (1 of 4)',
    'web.default has 1 dots, and ndots is 5: it is tried as it is after the search list',
    'pods/friend in default: spec.dnsPolicy',
    '→ tries web.default.svc.cluster.local. (2 of 4)',
    /→ answers A 10\.\d+\.\d+\.\d+/,
    'services/web in default: spec.clusterIP',
    /^web\.default\.svc\.cluster\.local is 10\./m,
  ],
  [
    'the rule, the endpoint and its odds, the policy, the listener',
    'trace -f pod/friend http://web',
    /-A KUBE-SERVICES -d 10\.\S+ -p tcp -m comment --comment "default\/web cluster IP"/,
    'services/web in default: spec.clusterIP',
    /→ chooses 10\.244\.\d\.\d+:80, one of 2 \(odds 1\/2\)/,
    /endpointslices\.discovery\.k8s\.io\/web-\w+ in default: endpoints\[\d\]\.addresses/,
    'NetworkPolicy default/friends, ingress rule 1',
    'networkpolicies.networking.k8s.io/friends in default: spec.ingress[0]',
    'container nginx listens on 0.0.0.0:80/TCP',
    /^answered 200 OK/m,
  ],
  [
    'the policy that drops, and the rule that came nearest',
    'trace -m 1 -f pod/stranger http://web',
    '→ drops the packet: no rule allows ingress',
    'the nearest rule does not match',
    'networkpolicies.networking.k8s.io/friends in default: spec.ingress[0].from',
    'silence: nothing came back',
  ],
  [
    'a Service without endpoints',
    'trace -f pod/friend tcp://idle:80',
    '→ rejects the packet: default/idle has no endpoints',
    'services/idle in default',
    'refused: nobody listens, or a Service without endpoints rejected it',
  ],
  [
    'an alias outside, the Pod network, the office’s router, and a host that does not know the name',
    'trace -f pod/friend http://out',
    '→ answers CNAME example.com.',
    'the Pod network masquerades what leaves the cluster',
    '→ rewrites the source 192.168.50.1',
    '→ answers, seeing the client as 198.51.100.1',
    /^answered 404 Not Found/m,
  ],
  [
    'an Ingress: server, location, upstream, each with its field, and the hop behind it',
    "trace -f office -H 'Host: shop.example.com' http://192.168.50.11:$(kubectl -n ingress-nginx get svc ingress-nginx-controller -o jsonpath='{.spec.ports[0].nodePort}')/",
    'ingress-nginx/ingress-nginx-controller:http',
    'server shop.example.com',
    'ingresses.networking.k8s.io/shop in default: spec.rules[0].host',
    'location "/"',
    'ingresses.networking.k8s.io/shop in default: spec.rules[0].http.paths[0]',
    /→ chooses 10\.244\.\d\.\d+:80, endpoint \d of 2, by turns \(round robin\)/,
    'services/web in default: spec.selector',
    'NetworkPolicy default/friends, ingress rule 2',
    'container controller listens on 0.0.0.0:80/TCP',
    /^answered 200 OK/m,
  ],
  [
    'where a cluster IP ends',
    "trace -m 1 -f office http://$(kubectl get svc web -o jsonpath='{.spec.clusterIP}')",
    '→ the office has no route to cluster IPs',
    'silence: nothing came back',
  ],
  ['what it can’t follow', 'trace gopher://web', 'trace: not an http address: gopher://web'],
  ['places that are none', 'trace -f moon http://web', 'trace: not a place: moon'],
];

describe('a trace tells', () => {
  it.each(TOLD)('%s', async (_, command, ...lines) => {
    const text = await typed(String(command));
    let at = 0;
    for (const line of lines as readonly Line[]) {
      const rest = text.slice(at);
      const found = typeof line === 'string' ? rest.indexOf(line) : rest.search(line);
      expect(found, `${String(line)} in\n${rest}`).toBeGreaterThanOrEqual(0);
      at += found;
    }
  });
});
