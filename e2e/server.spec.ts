import { expect, test } from './journey';

test('the front page leads to the chapters, and the server is well', async ({ page, request }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: /chapters/i }).first()).toBeVisible();
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('portside_guest');
  expect(await (await request.get('/api/health')).json()).toEqual({ status: 'ok' });
});

test('a server that was killed starts again on its data', async ({ server, request }) => {
  await server.kill();
  await server.start();
  expect(server.output).toContain('PostgreSQL found running from before');
  // Health gives the database a second and a half, which a busy machine may not have just then.
  await expect.poll(async () => (await request.get('/api/health')).ok()).toBe(true);
});
