#include solutions/daemon-set.sh
