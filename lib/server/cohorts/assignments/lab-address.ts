/** Where a lab's page is: "/labs/services/clusterip". */
export const labAddress = (labId: string): string => `/labs/${labId}`;
