kubectl delete service kubernetes
#include steps/identity.sh
#include steps/call.sh
#include steps/grant.sh
sleep 12
