#include steps/follow.sh
#include steps/odds.sh
#include steps/leave.sh
#include steps/nobody.sh
