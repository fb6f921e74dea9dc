import { accessible } from './accessibility';
import { expect, test } from './journey';
import { prompt, run } from './terminal';

test('labs, skills, and a cluster without tasks', async ({ page }) => {
  test.setTimeout(180_000);

  await test.step('every lab stands under its chapter', async () => {
    await page.goto('/labs');
    await expect(page.getByRole('heading', { level: 1, name: 'Labs' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'One address for three Pods' })).toHaveAttribute(
      'href',
      '/labs/services/clusterip',
    );
    await accessible(page);
  });

  await test.step('the map and the list name the same skills', async () => {
    await page.goto('/skills');
    const map = page.getByRole('region', { name: /skills map/i });
    await expect(map.getByRole('link', { name: 'Stable address' })).toHaveAttribute(
      'href',
      '#stable-address',
    );
    await expect(page.locator('#stable-address')).toContainText('Trained in');
    expect(await map.getByRole('link').count()).toBe(await page.locator('dl > div').count());
    await accessible(page);
  });

  await test.step('a sandbox has the nodes that were chosen', async () => {
    await page.goto('/sandbox');
    await accessible(page);
    await page.getByLabel('Nodes').selectOption('2');
    await page.getByLabel('AWS').check();
    await page.getByRole('button', { name: 'Open the sandbox' }).click();
    await expect(page).toHaveURL(/\/labs\/sandbox\/2-nodes-aws-iptables-1$/);
    await prompt(page);
    const nodes = await run(page, 'kubectl get nodes --no-headers');
    expect(nodes).toContain('worker-1');
    expect(nodes).not.toContain('worker-2');
    await expect(page.getByRole('button', { name: 'Check', exact: true })).toHaveCount(0);
    await accessible(page);
  });
});
