#!/bin/sh
# For cron: nightly.sh CONFIG DATABASE [OPTION...]  runs the config with a seed of the day, keeps it in DATABASE
# and prints how the tail went. The exit code is that of `hedgerow run`.
config=$1 database=$2
shift 2
"${HEDGEROW:-hedgerow}" run "$config" --db "$database" --seed "$(date +%Y%m%d)" --progress none "$@" > /dev/null
code=$?
sqlite3 -header -column "$database" < "$(dirname "$0")/trend.sql"
exit $code
