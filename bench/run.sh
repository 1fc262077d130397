#!/bin/sh
# run.sh BUILD: measures what observing costs; writes BUILD/bench.json and
# prints a table.  Status 1 if a target is missed, 3 if it could not measure.
#
# Every figure is the median of 9 or more pairs (see pair.c): the same work
# observed and not, in turn.  The observer keeps a program on one CPU, so the
# other side is kept on that CPU, too; under --schedule free, where it does not,
# both are: two CPUs would make a ping-pong a lottery.
# ONLY='an hour|grade' measures the rows whose names match.

set -eu
[ $# -eq 1 ] || { echo "usage: bench/run.sh BUILD" >&2; exit 2; }
cd "$(dirname "$0")/.."
build=$(cd "$1" && pwd)
proclab=$build/proclab
bin=$build/bench
mkdir -p "$bin"
work=$(mktemp -d "${TMPDIR:-/tmp}/proclab-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

cpu=$(taskset -pc $$ | sed 's/.*[ ,-]//')
pin="taskset -c $cpu"
observe="$proclab run -q --"
missed=0
rows=

die()
{
    echo "bench: $*" >&2
    exit 3
}

[ -x "$proclab" ] || die "there is no $proclab: make"
for source in bench/*.c; do
    name=$(basename "$source" .c)
    "${CC:-gcc}" -std=gnu17 -O2 -Wall -D_GNU_SOURCE "$source" -o "$bin/$name"
done

wanted()
{
    printf '%s\n' "$1" | grep -Eq "${ONLY:-.}"
}

# pair [-c] [-n PAIRS] A... :: B...: sets ratio, a (the median of A), difference, and
# low and high, the interval of the ratio.
pair()
{
    line=$("$bin/pair" "$@") || die "cannot measure: $*"
    read -r ratio a _ difference low high <<END
$line
END
}

calculate()
{
    awk "BEGIN { printf \"%.6g\", $1 }"
}

# row NAME UNIT VALUE TARGET [LOW HIGH]: TARGET is the most that is good,
# least:TARGET, or null; with an interval, it is the lower end that must hold.
row()
{
    holds=true is='<='
    case $4 in
    least:*) is='>='; set -- "$1" "$2" "$3" "${4#least:}" "${5-}" "${6-}" ;;
    esac
    [ "$4" = null ] ||
        holds=$(awk "BEGIN { print (${5:-$3} $is $4) ? \"true\" : \"false\" }")
    [ "$holds" = true ] || missed=1
    rows="$rows${rows:+,
}  {\"name\": \"$1\", \"unit\": \"$2\", \"value\": $3, \"target\": $4, \"holds\": $holds}"
    target=-
    [ "$4" = null ] || target=$(calculate "$4")
    mark=
    [ "$holds" = true ] || mark=missed
    printf '%-46s %9.4g %8s %-16s %-13s %s\n' "$1" "$3" "$target" "$2" \
        "${5:+$(printf '%.3g..%.3g' "$5" "$6")}" "$mark"
}

# ratio_of NAME TARGET PAIRS PROGRAM [ARG...]: observed / native, on one CPU.
ratio_of()
{
    name=$1 target_=$2 pairs=$3
    shift 3
    wanted "$name" || return 0
    # shellcheck disable=SC2086  # lists of words
    pair -n "$pairs" $pin $observe "$@" :: $pin "$@"
    row "$name" observed/native "$ratio" "$target_" "$low" "$high"
}

# virtual_s COMMAND...: how much virtual time a run takes.
virtual_s()
{
    "$proclab" run -q --json - "$@" |
        sed -n 's/.*"end_ns":\([0-9]*\).*/\1/p' |
        awk '{ printf "%.9f", $1 / 1e9 }'
}

# As grader/course/build.c calls the compiler.
compile="gcc -std=gnu17 -Wall -Wextra -g -Og -fno-omit-frame-pointer -pthread \
    -fmax-errors=20 -fdiagnostics-format=json"

begin=$(date +%s)
printf '%s, CPU %s of %s, load %s\n\n' "$("$proclab" --version)" "$cpu" \
    "$(nproc)" "$(cut -d ' ' -f 1-3 /proc/loadavg)"
printf '%-46s %9s %8s %-16s %s\n' measured value target unit interval

# --- what observing costs ------------------------------------------------

ratio_of 'CPU-bound' 1.03 9 "$bin/compute"
ratio_of '1000 fork, exit, wait' 1.8 11 "$bin/forks" 1000
ratio_of '200 posix_spawn' 1.5 11 "$bin/spawns" 200 /bin/true
# Beyond the 74 ms of the program itself: 4 ms to start and end the observer,
# and 0.07 us for the filter at each of 80,000 calls.
name='20k pipe ping-pongs, free-running'
if wanted "$name"; then
    # shellcheck disable=SC2086
    pair -n 9 $pin "$proclab" run -q --schedule free -- "$bin/pingpong" \
        20000 :: $pin "$bin/pingpong" 20000
    row "$name" observed/native "$ratio" 1.10 "$low" "$high"
fi
ratio_of '20k pipe ping-pongs, one token' 8 9 "$bin/pingpong" 20000
ratio_of 'a gcc compile' 1.25 11 gcc -O2 -c bench/pair.c -o "$work/pair.o"

# lines_of NAME TARGET PROGRAM [ARG...]: CPU time with source lines / without.
lines_of()
{
    name="source lines, $1" target_=$2
    shift 2
    wanted "$name" || return 0
    # shellcheck disable=SC2086
    pair -c -n 21 $pin $observe "$@" :: \
        $pin "$proclab" run -q --no-lines -- "$@"
    row "$name" with/without "$ratio" "$target_" "$low" "$high"
}
lines_of '1000 fork, exit, wait' 1.05 "$bin/forks" 1000
# Nothing but events, each of which comes from somewhere.
lines_of 'an hour, a line a second' null "$bin/hour"
lines_of '10 processes sleep 500 times' null "$bin/sleepers" 10 500

# --- what a clock read costs ----------------------------------------------

# clock_of NAME TARGET READS [EVERY]
clock_of()
{
    name=$1 target_=$2 reads=$3
    shift 2
    wanted "$name" || return 0
    # shellcheck disable=SC2086
    pair -n 11 $pin $observe "$bin/reads_clock" "$@" :: \
        $pin $observe "$bin/reads_clock" 0
    row "$name" 'us a call' "$(calculate "$difference / $reads * 1e6")" \
        "$target_"
}
clock_of "clock_gettime" 25 20000 32
clock_of 'a traced stop' null 20000

# --- many processes --------------------------------------------------------

name='a wake-up'
if wanted "$name"; then
    # shellcheck disable=SC2086
    pair -n 9 $pin $observe "$bin/sleepers" 10 501 :: \
        $pin $observe "$bin/sleepers" 10 1
    row "$name" us "$(calculate "$difference / 5000 * 1e6")" null
fi

# seconds_of N: to observe N processes that sleep ten times each
seconds_of()
{
    # shellcheck disable=SC2086
    pair -n 3 $pin $observe "$bin/sleepers" "$1" 10 :: true
    echo "$a"
}
name='10 to 1000 sleeping processes, exponent'
if wanted "$name"; then
    few=$(seconds_of 10) && some=$(seconds_of 100) && many=$(seconds_of 1000)
    printf '  10: %.3g s, 100: %.3g s, 1000: %.3g s\n' "$few" "$some" "$many"
    row "$name" 'of the number' \
        "$(calculate "log($many / $some) / log(10)")" null
fi
name='memory, 1000 live processes'
if wanted "$name"; then
    # shellcheck disable=SC2086
    row "$name" MiB "$("$bin/peak" $observe "$bin/sleepers" 1000 1)" null
fi

# --- virtual time -----------------------------------------------------------

for chapter in 01-naming 02-spawning 03-killing; do
    for source in chapters/"$chapter"/solution/*.c; do
        # shellcheck disable=SC2086
        $compile "$source" -o "$work/$(basename "$source" .c)" 2>/dev/null
    done
done
cat >"$work/seed.sh" <<END
'$proclab' run -q \$LINES_ -- ./image_workers 'Image Processor 1=photo1.jpg:4' \
    'Image Processor 2=photo2.jpg:5' photo3.jpg:5 &&
'$proclab' run -q \$LINES_ -- ./downloads 4 2 2 2 4 &&
'$proclab' run -q \$LINES_ --stdin "$PWD/chapters/03-killing/session.txt" -- \
    ./cancel_download File1:2 File2:1 File3:3
END
name="the seed's three programs"
if wanted "$name"; then
    total=$(
        cd "$work"
        virtual_s -- ./image_workers 'Image Processor 1=photo1.jpg:4' \
            'Image Processor 2=photo2.jpg:5' photo3.jpg:5
        echo
        virtual_s -- ./downloads 4 2 2 2 4
        echo
        virtual_s --stdin "$OLDPWD/chapters/03-killing/session.txt" -- \
            ./cancel_download File1:2 File2:1 File3:3
        echo
    )
    total=$(printf '%s\n' "$total" | awk '{ s += $1 } END { print s }')
    pair -n 11 sh -c "cd '$work' && . ./seed.sh" :: true
    row "$name" real/virtual "$(calculate "$a / $total")" \
        "$(calculate '1 / 300')"
fi
name="source lines, the seed's three programs"
if wanted "$name"; then
    pair -c -n 41 sh -c "cd '$work' && . ./seed.sh" :: \
        env LINES_=--no-lines sh -c "cd '$work' && . ./seed.sh"
    row "$name" with/without "$ratio" 1.05 "$low" "$high"
fi
name='an hour, a line a second'
if wanted "$name"; then
    total=$(virtual_s -- "$bin/hour")
    # shellcheck disable=SC2086
    pair -n 9 $pin $observe "$bin/hour" :: true
    row "$name" real/virtual "$(calculate "$a / $total")" \
        "$(calculate '1 / 3600')"
fi

# --- grading ------------------------------------------------------------------

# The other side compiles the same files, as many at once as are graded.
# docs/what-observing-costs.md tells where the rest of the time goes.
cat >"$work/compile.sh" <<END
printf '%s\n' "$PWD"/solutions/*/*.c | xargs -P "\$(nproc)" -I {} sh -c '
    $compile "\$1" -lrt -lm -o "$work/\$(basename "\$1").out"' sh {}
END
name='grade solutions --schedules 1'
if wanted "$name"; then
    pair -n 9 "$proclab" grade solutions --schedules 1 :: sh "$work/compile.sh"
    row "$name" graded/compiled "$ratio" 1.5 "$low" "$high"
fi
name='grade solutions'
if wanted "$name"; then
    pair -n 9 "$proclab" grade solutions :: sh "$work/compile.sh"
    row "$name" graded/compiled "$ratio" 4 "$low" "$high"
fi

name='grade the first four, default schedules'
if wanted "$name"; then
    first='image_workers downloads cancel_download background_worker'
    # shellcheck disable=SC2086
    pair -n 9 "$proclab" grade solutions $first :: \
        "$proclab" grade solutions $first --schedules 1
    row "$name" 'beyond one schedule' "$ratio" 3 "$low" "$high"
fi

# --- schedules and replays ------------------------------------------------------

# A program that fails under a rare order only, and one that never does.
rare=$work/rare/04-daemon
mkdir -p "$rare" "$work/sound/02-spawning"
cp chapters/04-daemon/wrong/background_worker.too_late_to_ask.c \
    "$rare/background_worker.c"
cp chapters/02-spawning/solution/downloads.c "$work/sound/02-spawning"
check=background_daemon_ends
# To miss points is no failure here.
printf '"$@" >"%s/out" || [ $? = 1 ]\n' "$work" >"$work/misses.sh"
misses="sh $work/misses.sh $proclab grade $work/rare --check $check"
name='a shrink, with the grading around it'
if wanted "$name"; then
    # shellcheck disable=SC2086
    pair -n 11 $misses :: true
    row "$name" s "$a" 2
fi
name='grade --replay, beyond one schedule'
if wanted "$name"; then
    again=$("$proclab" grade "$work/rare" --check $check |
        sed -n 's/.* --replay=//p')
    [ -n "$again" ] || die "$check does not fail"
    # shellcheck disable=SC2086
    pair -n 21 $misses --replay="$again" :: $misses --schedules 1
    row "$name" ms "$(calculate "$difference * 1000")" 50
fi
name='run --replay, beyond a plain run'
if wanted "$name"; then
    "$proclab" run -q --seed 1 --json "$work/trace.json" "$bin/forks" 100
    pair -n 21 "$proclab" run -q --replay "$work/trace.json" "$bin/forks" 100 \
        :: "$proclab" run -q "$bin/forks" 100
    row "$name" ms "$(calculate "$difference * 1000")" 50
fi
# tried N: how many runs N schedules of the sound program are
tried()
{
    "$proclab" grade "$work/sound" downloads --schedules "$1" --format json |
        sed -n 's/.*"runs_tried": \([0-9]*\).*/\1/p'
}
name='schedules tried'
if wanted "$name"; then
    few=$(tried 1) && many=$(tried 51)
    pair -n 3 $pin "$proclab" grade "$work/sound" downloads --schedules 51 :: \
        $pin "$proclab" grade "$work/sound" downloads --schedules 1
    row "$name" 'a second and core' \
        "$(calculate "($many - $few) / $difference")" null
fi

# --- a class ------------------------------------------------------------------

# make_class: 200 students in ten groups, each student with one program of those
# that there are.
make_class()
{
    set -- chapters/01-naming/solution/*.c chapters/01-naming/right/*.c \
        chapters/01-naming/wrong/*.c
    i=0
    while [ $i -lt 200 ]; do
        student=$work/class/$((i % 10))/student$i/01-naming
        mkdir -p "$student"
        exercise=$(basename "$1")
        cp "$1" "$student/${exercise%%.*}.c"
        set -- "$@" "$1"
        shift
        i=$((i + 1))
    done
}
# A group in each pair, so that all together they grade the class once.
cat >"$work/group.sh" <<END
jobs=\$1
group=\$(cat "$work/group.\$jobs" 2>/dev/null || echo 0)
echo \$(((group + 1) % 10)) >"$work/group.\$jobs"
exec "$proclab" class --trust "$work/class/\$group" --again --schedules 1 \
    -j "\$jobs" -o "$work/results.\$jobs.\$group"
END
# Twice as fast on two CPUs would be 1; more is better.
name='a class of 200 on two cores'
if wanted "$name"; then
    make_class
    pair -n 9 sh "$work/group.sh" 1 :: sh "$work/group.sh" 2
    row "$name" efficiency "$(calculate "$ratio / 2")" least:0.9 \
        "$(calculate "$low / 2")" "$(calculate "$high / 2")"
fi

# --- the report -------------------------------------------------------------------

# What it takes beyond its grading; the submission has all notes.
name='the report of all solutions'
if wanted "$name" && command -v pandoc >/dev/null; then
    "$proclab" new "$work/lab" >/dev/null
    for source in chapters/*/solution/*.c; do
        cp "$source" "$work/lab/$(basename "${source%/solution/*}")/"
    done
    cp solutions/notes/* "$work/lab/notes/"
    "$proclab" measure -n 3 "$work/lab" >/dev/null
    pair -n 5 "$proclab" report "$work/lab" -o "$work/report.html" :: \
        "$proclab" grade "$work/lab"
    row "$name, HTML" 's beyond grading' "$difference" 2
    row "$name, HTML" MiB "$(calculate \
        "$(stat -c %s "$work/report.html") / 1048576")" 3
    if command -v chromium-headless-shell >/dev/null; then
        pair -n 5 "$proclab" report "$work/lab" -o "$work/report.pdf" :: \
            "$proclab" grade "$work/lab"
        row "$name, PDF" 's beyond grading' "$difference" 5
    fi
fi

# --- pages ----------------------------------------------------------------------

name='make docs'
if wanted "$name"; then
    pair -n 3 docs/build.sh "$work/site" :: true
    row "$name" s "$a" 60
fi

# --- starting up ----------------------------------------------------------------

name='proclab --version'
if wanted "$name"; then
    pair -n 41 "$proclab" --version :: true
    row "$name" ms "$(calculate "$a * 1000")" null
fi
name='proclab run true, beyond true'
if wanted "$name"; then
    # shellcheck disable=SC2086
    pair -n 41 $pin $observe true :: $pin true
    row "$name" ms "$(calculate "$difference * 1000")" null
fi

printf '[\n%s\n]\n' "$rows" >"$build/bench.json"
printf '\n%s s; written to %s; load %s\n' "$(($(date +%s) - begin))" \
    "$1/bench.json" "$(cut -d ' ' -f 1-3 /proc/loadavg)"
[ $missed = 0 ]
