mkdir -p answers
echo c > answers/keeper.txt
