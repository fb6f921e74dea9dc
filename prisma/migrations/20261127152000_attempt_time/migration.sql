-- Where the workspace's virtual clock stood when the attempt was judged; older attempts do not say.
ALTER TABLE "attempt" ADD COLUMN "virtualAt" BIGINT;
