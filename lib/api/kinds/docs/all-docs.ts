import { accessDocs } from './access';
import { autoscalingDocs } from './autoscaling';
import { batchDocs } from './batch';
import { configDocs } from './config';
import { containerDocs } from './container';
import type { Docs } from './docs';
import { endpointsDocs } from './endpoints';
import { eventDocs } from './event';
import { metaDocs } from './meta';
import { networkingDocs } from './networking';
import { nodeDocs } from './node';
import { podDocs } from './pod';
import { podStatusDocs } from './pod-status';
import { policyDocs } from './policy';
import { probeDocs } from './probes';
import { rbacDocs } from './rbac';
import { schedulingDocs } from './scheduling';
import { securityDocs } from './security';
import { serviceDocs } from './service';
import { statefulSetDocs } from './stateful-sets';
import { storageDocs } from './storage';
import { volumeSourceDocs } from './volume-sources';
import { volumeDocs } from './volumes';
import { workloadDocs } from './workloads';

/** Every description, by type. */
export const allDocs: Docs = {
  ...metaDocs,
  ...serviceDocs,
  ...endpointsDocs,
  ...networkingDocs,
  ...podDocs,
  ...podStatusDocs,
  ...containerDocs,
  ...probeDocs,
  ...securityDocs,
  ...schedulingDocs,
  ...volumeDocs,
  ...volumeSourceDocs,
  ...storageDocs,
  ...configDocs,
  ...accessDocs,
  ...workloadDocs,
  ...statefulSetDocs,
  ...autoscalingDocs,
  ...batchDocs,
  ...nodeDocs,
  ...policyDocs,
  ...rbacDocs,
  ...eventDocs,
};
