kubectl create namespace {{ns}}
sleep 2
#include steps/inside.sh
#include steps/orders.sh
#include steps/front.sh
