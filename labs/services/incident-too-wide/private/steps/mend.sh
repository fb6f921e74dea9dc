kubectl set selector service {{shop}} project={{shop}},component=page
sleep 5
