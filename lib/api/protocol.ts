/** A transport protocol as Services and their endpoints name it. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';
