sleep 60 &
sh -c "trap '' TERM; sleep 50; sleep 60" &
wait
