import { accessible } from './accessibility';
import { expect, test } from './journey';
import { prompt, run, screen, shows, type } from './terminal';

const DEPLOYMENT = [
  "cat > web-app.yaml <<'END'",
  'apiVersion: apps/v1',
  'kind: Deployment',
  'metadata:',
  '  name: web-app',
  'spec:',
  '  replicas: 3',
  '  selector:',
  '    matchLabels:',
  '      app: web-app',
  '  template:',
  '    metadata:',
  '      labels:',
  '        app: web-app',
  '    spec:',
  '      containers:',
  '        - name: nginx',
  '          image: nginx',
  'END',
];

test('a newcomer completes the ClusterIP lab, and a killed server loses nothing', async ({
  page,
  server,
  complaints,
}) => {
  test.setTimeout(480_000);

  await test.step('from the front page to a prompt, with no account', async () => {
    await page.goto('/');
    await accessible(page);
    await page
      .getByRole('link', { name: /chapters/i })
      .first()
      .click();
    await expect(page).toHaveURL(/\/chapters$/);
    await accessible(page);
    await page
      .getByRole('link', { name: /ClusterIP/ })
      .first()
      .click();
    await expect(page).toHaveURL(/\/chapters\/clusterip$/);
    await accessible(page);
    await page
      .getByRole('main')
      .getByRole('link', { name: /open the lab/i })
      .first()
      .click();
    await expect(page).toHaveURL(/\/labs\/services\/clusterip$/);
    await prompt(page);
    await accessible(page);
  });

  await test.step('Check before anything is done says what is missing', async () => {
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(page.getByText(/^There is no Deployment "web-app" in namespace default\.$/)).toBeVisible({
      timeout: 30_000,
    });
  });

  await test.step('typos are answered as a shell and kubectl answer them', async () => {
    expect(await run(page, 'kubctl get pods')).toContain('kubctl: command not found');
    expect(await run(page, 'kubectl gte pods')).toContain('unknown command "gte" for "kubectl"');
  });

  await test.step('a Deployment by heredoc, watched while it starts', async () => {
    for (const line of DEPLOYMENT) {
      await type(page, line);
      await page.keyboard.press('Enter');
    }
    await prompt(page);
    expect(await run(page, 'kubectl apply -f web-app.yaml')).toContain('deployment.apps/web-app created');
    await type(page, 'kubectl get pods -w');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await screen(page)).match(/web-app-\S+ +1\/1 +Running/g)?.length ?? 0, {
        timeout: 40_000,
      })
      .toBeGreaterThanOrEqual(3);
    await page.keyboard.press('Control+C');
    await prompt(page);
    await expect(
      page.getByRole('tab', { name: 'web-app.yaml' }).or(page.getByText('web-app.yaml')).first(),
    ).toBeVisible();
  });

  await test.step('the Service from the editor; the shell sees the same file', async () => {
    await page.getByRole('button', { name: /^Step 2/ }).click();
    await page.getByRole('button', { name: /Put in editor as web-service.yaml/ }).click();
    await expect(page.getByRole('tab', { name: /web-service.yaml/ })).toBeVisible();
    await expect
      .poll(async () => run(page, 'cat web-service.yaml'), { timeout: 20_000 })
      .toContain('name: web-service');
    expect(await run(page, 'kubectl apply -f web-s\t')).toContain('service/web-service created');
    const all = await run(page, 'kubectl get deploy,pods,svc,endpointslices -o wide');
    expect(all).toMatch(/service\/web-service +ClusterIP/);
    expect(await run(page, 'kubectl describe svc web-service')).toMatch(
      /Endpoints: +10\.244\.\d+\.\d+:80,10\.244\.\d+\.\d+:80,10\.244\.\d+\.\d+:80/,
    );
  });

  await test.step('requests by name, by address, and from outside', async () => {
    expect(await run(page, 'kubectl exec client -- curl -s http://web-service | head -4')).toContain(
      'Welcome to nginx!',
    );
    expect(await run(page, 'kubectl exec client -- nslookup web-service')).toContain(
      'web-service.default.svc.cluster.local',
    );
    expect(
      await run(
        page,
        "kubectl exec client -- curl -s -o /dev/null -w '%{http_code}\\n' http://$(kubectl get svc web-service -o jsonpath='{.spec.clusterIP}')",
      ),
    ).toContain('\n200\n');
    expect(await run(page, 'curl http://web-service')).toContain(
      'curl: (6) Could not resolve host: web-service',
    );
    // Which Pods were asked is chance: one of them has it in its log.
    expect(await run(page, 'kubectl logs -l app=web-app | grep GET | head -1')).toContain('GET / HTTP/1.1');
  });

  await test.step('the chart: a Service as kubectl tells of it, and the course of a request', async () => {
    const chart = page.getByRole('region', { name: 'Chart', exact: true });
    await page.getByRole('button', { name: 'Chart', exact: true }).click();
    await chart.getByRole('button', { name: /^web-service ClusterIP/ }).click();
    await expect(chart.getByText(/Selector: +app=web-app/)).toBeVisible({ timeout: 20_000 });
    await accessible(page);
    await chart.getByRole('button', { name: 'Close' }).click();
    await chart.getByLabel('From').selectOption({ label: 'client' });
    await chart.getByLabel('to', { exact: true }).fill('web-service');
    await chart.getByRole('button', { name: 'Send a request' }).click();
    await expect(chart.getByText(/^answered 200 by web-app-/)).toBeVisible({ timeout: 20_000 });
    await expect(chart.getByText(/KUBE-SVC-\w+ of table nat/).first()).toBeVisible();
    await accessible(page);
    await chart.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Editor', exact: true }).click();
  });

  await test.step('a loop prints as it goes and Ctrl-C ends it', async () => {
    await page.locator('.xterm-helper-textarea').focus();
    await type(
      page,
      "while true; do kubectl exec client -- curl -s -o /dev/null -w 'answer %{http_code}\\n' web-service; sleep 1; done",
    );
    await page.keyboard.press('Enter');
    await shows(page, /answer 200\nanswer 200/);
    await page.keyboard.press('Control+C');
    await prompt(page);
    await page.keyboard.press('ArrowUp');
    await shows(page, /while true.*done/s);
    await page.keyboard.press('Control+C');
  });

  await test.step('vi opens the editor, and goes on when the file is done', async () => {
    await page.locator('.xterm-helper-textarea').focus();
    await type(page, 'vi notes.txt && cat notes.txt');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Done', exact: true })).toBeVisible();
    await expect(page.locator('.monaco-editor')).toBeVisible();
    await accessible(page);
    await page.locator('.monaco-editor').click();
    await page.keyboard.type('from the editor');
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await shows(page, /\nfrom the editor/);
    await prompt(page);
  });

  await test.step('kubectl edit shows the object, and stops with Ctrl-C', async () => {
    await type(page, 'kubectl edit deployment web-app');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Stop the command' })).toBeVisible();
    await expect(page.getByRole('tab', { name: /kubectl-edit/ })).toBeVisible();
    await page.getByRole('button', { name: 'Stop the command' }).click();
    await prompt(page);
    await expect(page.getByRole('tab', { name: /kubectl-edit/ })).toBeHidden();
  });

  await test.step('Check passes, and the grade is stored', async () => {
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(page.getByText(/^Passed\. /)).toBeVisible({ timeout: 60_000 });
    await accessible(page);
  });

  await test.step('undo takes the last command back; reset can be undone', async () => {
    await run(page, 'kubectl delete deployment web-app');
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect
      .poll(async () => run(page, 'kubectl get deploy'), { timeout: 20_000 })
      .toMatch(/web-app +3\/3/);
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    await accessible(page);
    await page.getByRole('button', { name: 'Reset the lab' }).click();
    await shows(page, /reset to the start of the lab/);
    await page.getByRole('button', { name: /^Undo\s*reset/ }).click();
    await shows(page, /taken back: reset/);
    expect(await run(page, 'kubectl get deploy')).toMatch(/web-app +3\/3/);
  });

  await test.step('killed in the middle of a command, started again: all is there', async () => {
    await run(page, 'kubectl create configmap kept --from-literal=a=b');
    await page.locator('.xterm-helper-textarea').focus();
    await type(page, 'echo before the storm; sleep 20; echo after the storm');
    await page.keyboard.press('Enter');
    await shows(page, /\nbefore the storm/);
    await server.kill();
    await expect(page.getByText(/No connection/).first()).toBeVisible();
    await server.start();
    await expect(page.getByText('Connected', { exact: true })).toBeVisible({ timeout: 60_000 });
    await shows(page, /\nafter the storm/, 60_000);
    await prompt(page);
    expect(await run(page, 'kubectl get configmap kept')).toMatch(/kept +1/);
    // The line that broke is the one complaint this step makes on purpose.
    complaints.length = 0;
    await page.reload();
    await prompt(page);
    expect(await screen(page)).toMatch(/kept +1/);
    await expect(page.getByText(/^Passed/).first()).toBeVisible();
    await page.locator('.xterm-helper-textarea').focus();
    await page.keyboard.press('ArrowUp');
    await shows(page, /kubectl get configmap kept$/m);
  });
});
