import { expect, it } from 'vitest';
import { freshWorkspace, judged, SILENT } from './fresh-workspace.test-support';

it('[G3] a check sees a door that was opened this moment, and says what a failing page says', async () => {
  const workspace = await freshWorkspace();
  await workspace.run(
    'kubectl create deployment shop --image=mycompany/backend-service; kubectl expose deployment shop --port=8080',
    SILENT,
  );
  expect(
    await judged(workspace, 'endpoints', { service: 'shop', deployment: 'shop', port: 8080 }),
    'nobody is ready yet',
  ).toMatchObject({ outcome: 'not-met', expected: 'a ready Pod', actual: 'none' });
  await workspace.run('kubectl rollout status deployment shop; sleep 5', SILENT);
  const shut = { service: 'shop', at: 'every', from: ['office'] };
  expect(await judged(workspace, 'closed', shut)).toMatchObject({ outcome: 'met' });
  await workspace.run(`kubectl patch service shop -p '{"spec":{"type":"NodePort"}}'`, SILENT);
  expect(await judged(workspace, 'closed', shut), 'no node has a rule for it yet').toMatchObject({
    outcome: 'not-met',
  });
  await workspace.run(
    'kubectl set env deployment/shop MYSQL_ADDRESS=nowhere:3306; kubectl rollout status deployment shop; sleep 40',
    SILENT,
  );
  const page = { host: 'shop', port: 8080, from: 'pod', protocol: 'http', path: '/', status: 200 };
  expect(await judged(workspace, 'reach', page)).toMatchObject({
    reason: 'shop:8080 answered HTTP 502.',
    actual: expect.stringContaining('lookup nowhere on 10.96.0.10:53: no such host'),
  });
});
