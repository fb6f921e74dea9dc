import type { PodTemplateSpec } from '../../api';
import { writeContainers } from './containers';
import { writeAnnotations, writeLabels, writeTolerations } from './metadata';
import type { Page } from './page';
import { writeVolumes } from './volumes';

/** "Pod Template:", as Deployments, Jobs and the like show it. */
export function writePodTemplate(page: Page, template: PodTemplateSpec | undefined): void {
  page.write(0, 'Pod Template:\n');
  if (!template) {
    page.write(1, '<unset>');
    return;
  }
  const { metadata, spec } = template;
  writeLabels(page, '  Labels', metadata?.labels);
  if (Object.keys(metadata?.annotations ?? {}).length > 0) {
    writeAnnotations(page, '  Annotations', metadata?.annotations);
  }
  if (spec?.serviceAccountName) page.field(1, 'Service Account', spec.serviceAccountName);
  if (spec?.initContainers && spec.initContainers.length > 0) {
    writeContainers(page, 'Init Containers', spec.initContainers, undefined, undefined, '  ');
  }
  writeContainers(page, 'Containers', spec?.containers ?? [], undefined, undefined, '  ');
  writeVolumes(page, spec?.volumes, '  ');
  if (spec?.priorityClassName) page.field(1, 'Priority Class Name', spec.priorityClassName);
  writeLabels(page, '  Node-Selectors', spec?.nodeSelector);
  writeTolerations(page, '  Tolerations', spec?.tolerations);
}
