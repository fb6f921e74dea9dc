import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

export async function renderMarkdown(markdown: string): Promise<string> {
  return String(
    await unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeStringify).process(markdown),
  );
}

const LESSON = `nginx runs three times, and each copy has an address of its own. Write the Deployment down:

\`\`\`yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-app
spec:
  replicas: 3
\`\`\`

Then apply it and watch it start. \`Ctrl-C\` ends the watch.

\`\`\`console
$ kubectl apply -f web-app.yaml
deployment.apps/web-app created
$ kubectl get pods -w
\`\`\`

> A Pod that is *Running* need not be *ready*.

\`\`\`sh
kubectl get pods -o wide
\`\`\`
`;

export async function readLabPage(track: string, slug: string) {
  if (track !== 'services' || slug !== 'clusterip') return undefined;
  const html = await renderMarkdown(LESSON);
  return {
    workspaceId: 'fixture',
    title: 'One address for three Pods',
    summary:
      'Put a ClusterIP Service in front of three nginx Pods, follow a request through name, virtual address and rule to a Pod.',
    aims: [
      'Give a set of Pods one stable name and address',
      'Read from EndpointSlices which Pods stand behind a Service',
    ],
    minutes: 25,
    steps: [
      'Three Pods with one label',
      'A Service in front',
      'A request from inside',
      'Knocking from outside',
      'Pods come and go',
    ].map((title, i) => ({ id: `s${i}`, title, html })),
    tasks: [
      {
        id: 'pods',
        title: 'Three Pods that are replaced when they die',
        html: await renderMarkdown(
          'Deployment `web-app` keeps three Pods ready, labelled `app: web-app`, from image `nginx`.',
        ),
        checks: ['three-ready'],
        hints: [await renderMarkdown('`kubectl get deployments,pods --show-labels`')],
      },
      {
        id: 'service',
        title: 'A Service that finds them',
        html: await renderMarkdown(
          'Service `web-service`, of type ClusterIP, sends port 80 to port 80 of exactly those Pods.',
        ),
        checks: ['exists', 'cluster-ip', 'right-pods'],
        hints: [],
      },
      {
        id: 'traffic',
        title: 'Traffic from inside, none from outside',
        html: await renderMarkdown('`http://web-service` answers 200 from a Pod.'),
        checks: ['inside', 'outside'],
        hints: [],
      },
    ],
  };
}
