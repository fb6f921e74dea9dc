import type { Page } from '@playwright/test';
import { accessible } from './accessibility';
import { expect, test } from './journey';
import { prompt, run } from './terminal';

/** Gives the page a Service that no server would send, in the first picture of the cluster. */
async function spoilFirstPicture(page: Page): Promise<void> {
  let spoilt = false;
  await page.routeWebSocket(/\/socket\//, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((data) => {
      const message = JSON.parse(String(data)) as {
        readonly type: string;
        readonly objects?: { readonly kind: string; spec?: unknown }[];
      };
      const service = spoilt ? undefined : message.objects?.find(({ kind }) => kind === 'Service');
      if (service !== undefined) {
        service.spec = { ports: 'none' };
        spoilt = true;
      }
      socket.send(JSON.stringify(message));
    });
  });
}

test('a panel that fails leaves the others alone, and can be shown again', async ({ page, complaints }) => {
  await spoilFirstPicture(page);
  await page.goto('/labs/services/clusterip');
  const chart = page.getByRole('region', { name: 'Chart', exact: true });
  await expect(chart.getByText('This panel failed.')).toBeVisible({ timeout: 30_000 });
  await accessible(page);
  expect(complaints.join('\n')).toContain('is not a function');
  complaints.length = 0;
  await prompt(page);
  const shown = await run(page, 'kubectl label service kubernetes seen=yes');
  expect(shown).toContain('service/kubernetes labeled');
  await chart.getByRole('button', { name: 'Show it again' }).click();
  await expect(chart.getByRole('button', { name: /^kubernetes ClusterIP/ })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('what could not be judged costs nothing, and says so', async ({ page }) => {
  await page.goto('/labs/services/clusterip');
  await prompt(page);
  await run(page, 'kubectl delete node --all');
  await expect(page.getByText('There is no node: Pods have nowhere to run.')).toBeVisible();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  const checks = page.getByRole('region', { name: 'Checks and cluster' });
  await expect(checks.getByText('A test Pod did not become ready').first()).toBeVisible({ timeout: 60_000 });
  await expect(checks.getByText(/could not be judged, which is no fault of yours/)).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('button', { name: /^client/ }).first()).toBeVisible();
  await page.reload();
  await prompt(page);
  // It is no attempt: nothing of it is there when one comes back.
  await expect(checks.getByText(/^Check sends requests/)).toBeVisible();
});
