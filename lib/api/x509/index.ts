export {
  attributeOf,
  type Certificate,
  coversHost,
  type DistinguishedName,
  isForHost,
  printName,
} from './certificate';
export { curlProblem, MORE_ABOUT_CERTIFICATES } from './curl-problem';
export { greet } from './greet';
export { issueCertificate } from './issue-certificate';
export { judgeChain, type TlsProblem, type TlsTrust } from './judge-chain';
export { printPem, readPem } from './pem';
export { PUBLIC_AUTHORITIES } from './public-authorities';
export { certificatesIn, readRequest } from './read-certificate';
export { publicHalf } from './read-key';
export { writeCertificate } from './write-certificate';
export { newModulus, writePrivateKey, writeRequest } from './write-key';
