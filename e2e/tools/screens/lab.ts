import { prompt, run } from '../../terminal';
import { panel, press, type Screen, seen } from './screen';

const SOLUTION = [
  'kubectl create deployment web-app --image=nginx --replicas=3 --port=80',
  'kubectl create service clusterip web-service --tcp=80:80',
  'kubectl set selector service web-service app=web-app',
  'kubectl rollout status deployment web-app',
];

/** Files in folders, as somebody keeps them. */
const FOLDERS = [
  'mkdir -p manifests/web notes',
  'cp web-service.yaml manifests/web/service.yaml',
  'kubectl get deployment web-app -o yaml > manifests/web/deployment.yaml',
  'kubectl get pods -o wide > notes/pods.txt',
];

/** The lab's page goes from state to state in one sitting. */
export const LAB: readonly Screen[] = [
  {
    name: 'lab',
    path: '/labs/services/clusterip',
    before: async (page) => {
      await prompt(page);
      await seen(page, /^worker-2/);
    },
    each: panel('Terminal'),
  },
  {
    name: 'lab-verdicts-failed',
    before: async (page) => {
      await press(page, 'Check');
      await seen(page, /^There is no Deployment/);
    },
    each: panel('Checks'),
  },
  {
    name: 'lab-chart',
    before: async (page) => {
      for (const line of SOLUTION) await run(page, line);
      await press(page, /^Chart$/);
    },
    each: panel('Chart'),
  },
  {
    name: 'lab-drawer',
    before: async (page) => {
      await page
        .getByRole('region', { name: 'Chart', exact: true })
        .getByRole('button', { name: /^web-service ClusterIP/ })
        .click();
      await seen(page, /Selector: +app=web-app/);
    },
  },
  {
    name: 'lab-request',
    before: async (page) => {
      const chart = page.getByRole('region', { name: 'Chart', exact: true });
      await chart.getByRole('button', { name: 'Close' }).click();
      await chart.getByLabel('From').selectOption({ label: 'client' });
      await chart.getByLabel('to', { exact: true }).fill('web-service');
      await chart.getByRole('button', { name: 'Send a request' }).click();
      await seen(page, /^answered 200 by web-app-/);
    },
  },
  {
    name: 'lab-diff',
    before: async (page) => {
      await page.getByRole('button', { name: /^Step 2/ }).click();
      await page.getByRole('button', { name: /Put in editor as web-service.yaml/ }).click();
      await page.locator('.monaco-editor .view-lines').first().getByText('web-app').first().waitFor();
      // What the lesson says is what the commands have made: without a change there is nothing to compare.
      await page.keyboard.press('Control+End');
      await page.keyboard.type('  type: NodePort');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Alt+Enter');
      const diff = page.getByRole('region', { name: 'web-service.yaml beside what is live' });
      await diff.getByText('Service web-service').first().waitFor();
    },
    each: panel('Editor'),
  },
  {
    name: 'lab-apply-refused',
    before: async (page) => {
      // The keyboard went to the switch of panels, where Escape closes nothing.
      await page
        .getByRole('region', { name: 'web-service.yaml beside what is live' })
        .getByRole('button', { name: 'Close' })
        .click();
      await page.locator('.monaco-editor').first().click();
      await page.keyboard.press('Control+End');
      await page.keyboard.press('Enter');
      await page.keyboard.type('replicas: 3');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: 'Line 13' }).waitFor();
    },
    each: panel('Editor'),
  },
  {
    name: 'lab-files',
    before: async (page) => {
      for (const line of FOLDERS) await run(page, line);
    },
    each: async (page, width) => {
      await page.keyboard.press('Escape');
      await panel('Editor')(page, width);
      await press(page, 'Files');
      await page.getByRole('menuitem', { name: 'manifests/web/service.yaml' }).waitFor();
    },
  },
  {
    name: 'lab-timeline',
    before: async (page) => {
      await page.keyboard.press('Escape');
      await press(page, 'Timeline');
    },
    each: panel('Timeline'),
  },
  {
    name: 'lab-compare',
    before: async (page) => {
      await page
        .locator('[data-line]')
        .filter({ hasText: 'kubectl create service clusterip' })
        .first()
        .click();
      await press(page, /^Compare/);
      await seen(page, /different/);
    },
    each: panel('Timeline'),
  },
  {
    name: 'lab-log',
    before: (page) => press(page, 'Log'),
    each: panel('Terminal'),
  },
  {
    name: 'lab-palette',
    before: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'lab-verdicts-passed',
    before: async (page) => {
      await page.keyboard.press('Escape');
      await press(page, 'Check');
      await seen(page, /^Passed\. /);
    },
    each: panel('Checks'),
  },
  {
    name: 'lab-solution',
    before: async (page) => {
      await press(page, 'Show solutions');
      await page.locator('summary', { hasText: 'Commands' }).click();
      await press(page, /^Watch it from/);
      await seen(page, /0:00 of/);
      await press(page, 'Play');
      await page.locator('[role=dialog] .xterm-rows').getByText('deployment').first().waitFor();
      await press(page, 'Pause');
    },
  },
  {
    name: 'lab-keys',
    before: async (page) => {
      await page.keyboard.press('Escape');
      await press(page, 'Keys');
    },
  },
  {
    name: 'lab-offline',
    before: async (page) => {
      await page.keyboard.press('Escape');
      await page.context().setOffline(true);
      await seen(page, /No connection/);
    },
    each: panel('Terminal'),
  },
];
