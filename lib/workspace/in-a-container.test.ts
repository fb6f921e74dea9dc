import { expect, it } from 'vitest';
import { freshWorkspace } from './fresh-workspace.test-support';

it('[S9] a container shows its processes, and speaks of names as its C library does', async () => {
  const workspace = await freshWorkspace();
  const shown = async (script: string) => {
    let text = '';
    const take = (piece: string) => {
      text += piece;
    };
    await workspace.run(script, { out: take, err: take });
    return text;
  };
  await shown(
    'kubectl run web --image=nginx:alpine; kubectl run tools --image=nicolaka/netshoot --command -- sleep infinity; sleep 30',
  );
  expect(await shown('kubectl exec web -- ps')).toBe(
    'PID   USER     TIME  COMMAND\n    1 root      0:00 nginx: master process nginx -g daemon off;\n   14 root      0:00 ps\n',
  );
  expect(await shown('kubectl exec tools -- ps | sed -n 2p')).toBe('    1 root      0:00 sleep infinity\n');
  expect(await shown('kubectl exec tools -- ping -c 1 nowhere')).toContain(
    'ping: nowhere: Name does not resolve\n',
  );
  expect(await shown('ping -c 1 nowhere')).toBe('ping: nowhere: Name or service not known\n');
  await shown('kubectl -n kube-system scale deployment coredns --replicas=0; sleep 30');
  expect(await shown('kubectl exec tools -- ping -c 1 nowhere')).toContain('ping: nowhere: Try again\n');
  expect(await shown('kubectl exec tools -- nc -zv nowhere 80')).toContain(
    'nc: getaddrinfo for host "nowhere" port 80: Try again\n',
  );
});
