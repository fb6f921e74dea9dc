export {
  attributeOf,
  type Certificate,
  coversHost,
  type DistinguishedName,
  isForHost,
  isSelfSigned,
  type PublicKey,
  printName,
  sameName,
} from './certificate';
export { greet } from './greet';
export { judgeChain, type TlsProblem, type TlsTrust } from './judge-chain';
export { type PemBlock, printPem, readPem } from './pem';
export { PUBLIC_AUTHORITIES } from './public-authorities';
export { type CertificateRequest, certificatesIn, readRequest } from './read-certificate';
export { publicHalf } from './read-key';
export { type CertificateText, writeCertificate } from './write-certificate';
export { type Digits, newModulus, writePrivateKey, writeRequest } from './write-key';
