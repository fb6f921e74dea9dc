kubectl config set-context --current --namespace={{namespace}}
#include steps/look.sh
#include steps/slices.sh
